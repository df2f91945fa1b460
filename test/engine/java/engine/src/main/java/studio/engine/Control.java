package studio.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Control over the standard streams, a line of JSON each way. A request {@code {"id": 1, "do": "…", …}} is answered by {@code {"id": 1,
 * "ok": …}} or {@code {"id": 1, "error": "…"}}; events are {@code {"event": "…", …}}. The end of the input ends the process, so that it
 * never outlives who started it.
 */
final class Control {
  static final ObjectMapper JSON = new ObjectMapper();

  interface Handler {
    JsonNode handle(String what, JsonNode request) throws Exception;
  }

  private final PrintStream out;

  /** Takes the standard output for itself; what others print goes to the standard error stream. */
  Control() {
    this.out = System.out;
    System.setOut(System.err);
  }

  synchronized void send(ObjectNode line) {
    byte[] bytes = (line.toString() + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  /** Serves requests, each on a thread of its own, until the input ends. */
  void serve(Handler handler) throws IOException {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "control");
              thread.setDaemon(true);
              return thread;
            });
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode request = JSON.readTree(line);
      threads.execute(() -> answer(handler, request));
    }
  }

  private void answer(Handler handler, JsonNode request) {
    ObjectNode reply = JSON.createObjectNode();
    reply.set("id", request.get("id"));
    try {
      reply.set("ok", handler.handle(request.get("do").asText(), request));
    } catch (Throwable problem) {
      problem.printStackTrace();
      reply.set("error", Causes.of(problem));
    }
    send(reply);
  }
}
