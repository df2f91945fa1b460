package studio.functions;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;
import org.apache.flink.statefun.sdk.java.types.Type;

/** The model function of the fraud detection example: turns features into a score, without state. */
final class Model implements StatefulFunction {
  private static final Type<FeatureVector> FEATURE_VECTOR =
      JsonType.of("fraud.types/feature-vector", FeatureVector.class);
  private static final Type<FraudScore> FRAUD_SCORE = JsonType.of("fraud.types/fraud-score", FraudScore.class);

  static final StatefulFunctionSpec SPEC =
      StatefulFunctionSpec.builder(TypeName.typeNameFromString("fraud/model")).withSupplier(Model::new).build();

  static final class FeatureVector {
    public String transaction;
    public long fraudCount;
    public long merchantScore;
    public long amount;
  }

  static final class FraudScore {
    public final String transaction;
    public final long score;

    FraudScore(String transaction, long score) {
      this.transaction = transaction;
      this.score = score;
    }
  }

  @Override
  public CompletableFuture<Void> apply(Context context, Message message) {
    if (!message.is(FEATURE_VECTOR) || context.caller().isEmpty()) {
      return context.done();
    }
    FeatureVector features = message.as(FEATURE_VECTOR);
    context.send(
        MessageBuilder.forAddress(context.caller().get())
            .withCustomType(FRAUD_SCORE, new FraudScore(features.transaction, scoreOf(features)))
            .build());
    return context.done();
  }

  private static long scoreOf(FeatureVector features) {
    long history = 10 * Math.min(features.fraudCount, 4);
    long merchant = Math.floorDiv(features.merchantScore * 3, 5L);
    long size = Math.min(Math.floorDiv(features.amount, 1000L), 30);
    return Math.min(history + merchant + size, 100);
  }
}
