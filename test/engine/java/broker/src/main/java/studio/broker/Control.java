package studio.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Control over the standard streams, a line of JSON each way, as the engine's process has it: requests {@code {"id": 1, "do": "…", …}}, answers
 * {@code {"id": 1, "ok": …}} or {@code {"id": 1, "error": "…"}}, events {@code {"event": "…", …}}. The end of the input ends the process.
 */
final class Control {
  static final ObjectMapper JSON = new ObjectMapper();

  interface Handler {
    JsonNode handle(String what, JsonNode request) throws Exception;
  }

  private final PrintStream out;

  Control() {
    this.out = System.out;
    System.setOut(System.err);
  }

  synchronized void send(ObjectNode line) {
    byte[] bytes = (line.toString() + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  /** Serves requests one after another until the input ends: records are produced in the order asked for. */
  void serve(Handler handler) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode request = JSON.readTree(line);
      ObjectNode reply = JSON.createObjectNode();
      reply.set("id", request.get("id"));
      try {
        reply.set("ok", handler.handle(request.get("do").asText(), request));
      } catch (Exception problem) {
        problem.printStackTrace();
        reply.put("error", String.valueOf(problem.getCause() == null ? problem : problem.getCause()));
      }
      send(reply);
    }
  }
}
