package studio.engine;

import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Watches the thread of StateFun's operator: what enters {@code RequestReplyFunction.invoke}, and by which way it came. It only looks; the
 * engine's classes do what they always do.
 */
public final class ScheduleAgent {
  private static final String CORE = "org.apache.flink.statefun.flink.core.";

  private ScheduleAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation) {
    new AgentBuilder.Default()
        .disableClassFormatChanges()
        .type(named(CORE + "reqreply.RequestReplyFunction"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder
                    .visit(Advice.to(OnInvoke.class).on(isMethod().and(named("invoke")).and(takesArguments(2))))
                    .visit(Advice.to(OnFirstAnswer.class).on(isMethod().and(named("joinResponse")))))
        .type(named(CORE + "functions.FunctionGroupOperator"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder
                    .visit(Advice.to(OnOpen.class).on(isMethod().and(named("open")).and(takesArguments(0))))
                    .visit(Advice.to(OnSnapshot.class).on(isMethod().and(named("snapshotState")))))
        .type(named(CORE + "functions.DelayMessageHandler"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(Advice.to(OnTimer.class).on(isMethod().and(named("accept")).and(not(isBridge())))))
        .type(named(CORE + "functions.Reductions"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder
                    // Not the operator's processElement: there input may wait while timers and completed calls pass it.
                    .visit(Advice.to(OnInput.class).on(isMethod().and(named("apply"))))
                    .visit(Advice.to(OnEnqueue.class).on(isMethod().and(named("enqueue")))))
        .installOn(instrumentation);
  }

  static final class OnInvoke {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) Object context, @Advice.Argument(1) Object input) {
      Schedule.invoked(context, input);
    }
  }

  static final class OnFirstAnswer {
    @Advice.OnMethodExit
    static void exit(@Advice.Argument(1) Object request, @Advice.Return Object result) {
      Schedule.joined(request, result);
    }
  }

  static final class OnOpen {
    @Advice.OnMethodEnter
    static void enter(@Advice.This Object operator) {
      Schedule.opened(operator);
    }
  }

  static final class OnInput {
    @Advice.OnMethodEnter
    static void enter() {
      Schedule.arrived();
    }
  }

  static final class OnSnapshot {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) Object context) {
      Schedule.snapshot(context);
    }
  }

  static final class OnTimer {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) Object message) {
      Schedule.due(message);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit() {
      Schedule.fired();
    }
  }

  static final class OnEnqueue {
    @Advice.OnMethodEnter
    static void enter() {
      Schedule.enqueued();
    }
  }
}
