package studio.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import studio.control.Control;

/** One warm process that runs StateFun jobs, one after another or side by side, as {@link Control} asks. */
public final class EngineMain {
  private static final Map<String, EngineJob> JOBS = new ConcurrentHashMap<>();

  private EngineMain() {}

  public static void main(String[] arguments) throws Exception {
    Control control = new Control();
    Schedule.open(control);
    new SelfWaits().start();
    ObjectNode ready = Control.JSON.createObjectNode();
    ready.put("java", System.getProperty("java.version"));
    ready.put("flink", org.apache.flink.runtime.util.EnvironmentInformation.getVersion());
    control.serve(ready, (what, request) -> handle(control, what, request));
    // Jobs keep nothing that a later run needs, so nothing needs an orderly end.
    Runtime.getRuntime().halt(0);
  }

  private static JsonNode handle(Control control, String what, JsonNode request) throws Exception {
    switch (what) {
      case "start":
        {
          String name = request.get("job").asText();
          EngineJob job = new EngineJob(name, control);
          if (JOBS.putIfAbsent(name, job) != null) {
            throw new IllegalArgumentException("There is a job " + name + " already");
          }
          try {
            job.start(request.get("module").asText(), texts(request.get("config")), request.path("schedule").asBoolean());
          } catch (Throwable problem) {
            JOBS.remove(name);
            job.stop();
            throw problem;
          }
          return null;
        }
      case "stop":
        JOBS.remove(request.get("job").asText()).stop();
        return null;
      case "crash":
        job(request).crash();
        return null;
      case "drain":
        job(request).drain();
        return null;
      case "checkpoint":
        job(request).checkpoint();
        return null;
      case "status":
        return job(request).status();
      case "key-groups":
        return KeyGroups.of(request.get("ids"), request.get("parallelism"));
      default:
        throw new IllegalArgumentException("Nothing is known of " + what);
    }
  }

  private static EngineJob job(JsonNode request) {
    EngineJob job = JOBS.get(request.get("job").asText());
    if (job == null) {
      throw new IllegalArgumentException("There is no job " + request.get("job").asText());
    }
    return job;
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }
}
