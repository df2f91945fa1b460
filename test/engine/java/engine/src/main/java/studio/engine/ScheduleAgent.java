package studio.engine;
import java.lang.instrument.Instrumentation;
public final class ScheduleAgent {
  public static void premain(String arguments, Instrumentation instrumentation) {}
}
