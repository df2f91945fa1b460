package studio.functions;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.io.KafkaEgressMessage;
import org.apache.flink.statefun.sdk.java.io.KinesisEgressMessage;
import org.apache.flink.statefun.sdk.java.message.EgressMessageBuilder;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;
import org.apache.flink.statefun.sdk.java.types.Type;

/** What the examples leave out of the SDK; see sink-messages.ts and javascript/sink.ts. */
final class Sink implements StatefulFunction {
  private static final Type<Order> ORDER = JsonType.of("languages.types/order", Order.class);

  private static final List<ValueSpec<?>> VALUES =
      List.of(
          ValueSpec.named("bool_value").withBooleanType(),
          ValueSpec.named("int_value").withIntType(),
          ValueSpec.named("long_value").withLongType(),
          ValueSpec.named("float_value").withFloatType(),
          ValueSpec.named("double_value").withDoubleType(),
          ValueSpec.named("string_value").withUtf8StringType());
  private static final ValueSpec<String> AFTER_WRITE =
      ValueSpec.named("after_write").thatExpireAfterWrite(Duration.ofHours(1)).withUtf8StringType();
  private static final ValueSpec<String> AFTER_CALL =
      ValueSpec.named("after_call").thatExpiresAfterCall(Duration.ofMinutes(30)).withUtf8StringType();
  private static final ValueSpec<Note> NOTE =
      ValueSpec.named("note").withCustomType(JsonType.of("languages.types/note", Note.class));

  static final StatefulFunctionSpec SPEC =
      StatefulFunctionSpec.builder(TypeName.typeNameFromString("languages/sink"))
          .withValueSpecs(VALUES.toArray(new ValueSpec<?>[0]))
          .withValueSpecs(AFTER_WRITE, AFTER_CALL, NOTE)
          .withSupplier(Sink::new)
          .build();

  static final class Order {
    // A reserved word of Java.
    @JsonProperty("do")
    public String what;

    public String state;
    public String text;
    public String typename;
    public String id;
    public long millis;
    public String token;
    public String topic;
    public String key;
    public String stream;
    public String partitionKey;
    public String hashKey;
  }

  static final class Note {
    public String text;
  }

  @Override
  public CompletableFuture<Void> apply(Context context, Message message) {
    for (ValueSpec<?> spec : VALUES) {
      if (message.is(spec.type())) {
        store(context, spec, message);
        return context.done();
      }
    }
    if (message.is(ORDER) && message.rawValue().readableBytes() > 0) {
      carryOut(context, message.as(ORDER));
    }
    return context.done();
  }

  private static <T> void store(Context context, ValueSpec<T> spec, Message message) {
    context
        .storage()
        .get(spec)
        .ifPresent(
            before ->
                context
                    .caller()
                    .ifPresent(
                        caller ->
                            context.send(
                                MessageBuilder.forAddress(caller).withCustomType(spec.type(), before).build())));
    context.storage().set(spec, message.as(spec.type()));
  }

  private static void carryOut(Context context, Order order) {
    switch (order.what) {
      case "forget":
        SPEC.knownValues().values().stream()
            .filter(spec -> spec.name().equals(order.state))
            .forEach(context.storage()::remove);
        break;
      case "keep":
        Note note = new Note();
        note.text = order.text;
        context.storage().set(AFTER_WRITE, order.text);
        context.storage().set(AFTER_CALL, order.text);
        context.storage().set(NOTE, note);
        break;
      case "tell":
        context.send(
            MessageBuilder.forAddress(TypeName.typeNameFromString(order.typename), order.id)
                .withValue(order.text)
                .build());
        break;
      case "later":
        Message later = MessageBuilder.forAddress(context.self()).withValue(order.text).build();
        if (order.token == null) {
          context.sendAfter(Duration.ofMillis(order.millis), later);
        } else {
          context.sendAfter(Duration.ofMillis(order.millis), order.token, later);
        }
        break;
      case "cancel":
        context.cancelDelayedMessage(order.token);
        break;
      case "record":
        sendRecord(context, order);
        break;
      case "stream":
        sendToStream(context, order);
        break;
      case "plain":
        context.send(
            EgressMessageBuilder.forEgress(TypeName.typeNameFromString("languages/plain"))
                .withValue(order.text)
                .build());
        break;
      case "fail":
        throw new IllegalStateException(order.text);
      default:
    }
  }

  private static void sendRecord(Context context, Order order) {
    KafkaEgressMessage.Builder record =
        KafkaEgressMessage.forEgress(TypeName.typeNameFromString("languages/records"))
            .withTopic(order.topic)
            .withUtf8Value(order.text);
    if (order.key != null) {
      record.withUtf8Key(order.key);
    }
    context.send(record.build());
  }

  private static void sendToStream(Context context, Order order) {
    KinesisEgressMessage.Builder record =
        KinesisEgressMessage.forEgress(TypeName.typeNameFromString("languages/streams"))
            .withStream(order.stream)
            .withUtf8PartitionKey(order.partitionKey)
            .withUtf8Value(order.text);
    if (order.hashKey != null) {
      record.withUtf8ExplicitHashKey(order.hashKey);
    }
    context.send(record.build());
  }
}
