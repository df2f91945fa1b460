package studio.functions;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.io.KafkaEgressMessage;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.types.Type;

/** The greeter example: greets one visitor, and remembers how often that visitor came. */
final class Greet implements StatefulFunction {
  private static final TypeName GREETINGS = TypeName.typeNameFromString("greeter/greetings");
  private static final ValueSpec<Integer> VISITS = ValueSpec.named("visits").withIntType();
  private static final Type<Visit> VISIT = JsonType.of("greeter.types/visit", Visit.class);
  private static final Type<Greeting> GREETING = JsonType.of("greeter.types/greeting", Greeting.class);

  static final StatefulFunctionSpec SPEC =
      StatefulFunctionSpec.builder(TypeName.typeNameFromString("greeter/greet"))
          .withValueSpec(VISITS)
          .withSupplier(Greet::new)
          .build();

  static final class Visit {
    public String name;
    public String door;
  }

  static final class Greeting {
    public final String name;
    public final int visits;
    public final String text;

    Greeting(String name, int visits, String text) {
      this.name = name;
      this.visits = visits;
      this.text = text;
    }
  }

  @Override
  public CompletableFuture<Void> apply(Context context, Message message) {
    if (!message.is(VISIT) || message.rawValue().readableBytes() == 0) {
      return context.done();
    }
    String name = message.as(VISIT).name;
    int visits = context.storage().get(VISITS).orElse(0) + 1;
    context.storage().set(VISITS, visits);
    context.send(
        KafkaEgressMessage.forEgress(GREETINGS)
            .withTopic("greetings")
            .withUtf8Key(context.self().id())
            .withValue(GREETING, new Greeting(name, visits, greetingFor(name, visits)))
            .build());
    return context.done();
  }

  private static String greetingFor(String name, int visits) {
    switch (visits) {
      case 1:
        return "Welcome, " + name + ".";
      case 2:
        return "Good to see you again, " + name + ".";
      case 3:
        return "Third time is the charm, " + name + ".";
      default:
        return "Visit number " + visits + ", " + name + ". Shall we get you a key?";
    }
  }
}
