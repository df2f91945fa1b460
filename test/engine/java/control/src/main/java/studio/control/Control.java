package studio.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Control over a port of loopback, a line of JSON each way. A request {@code {"id": 1, "do": "…", …}} is answered by {@code {"id": 1,
 * "ok": …}} or {@code {"id": 1, "error": "…"}}; events, {@code {"event": "…", …}}, go to every client. What a client asks with
 * {@code "async": true} is done beside its other requests, which are done in order. The end of the standard input ends the
 * process, so that it never outlives who started it.
 */
public final class Control {
  public static final ObjectMapper JSON = new ObjectMapper();

  public interface Handler {
    JsonNode handle(String what, JsonNode request) throws Exception;
  }

  private static final class Client {
    private final OutputStream out;

    Client(OutputStream out) {
      this.out = out;
    }

    synchronized void send(byte[] line) {
      try {
        out.write(line);
        out.flush();
      } catch (IOException gone) {
        // Its reader sees the end too.
      }
    }
  }

  private final ServerSocket server;
  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "control");
            thread.setDaemon(true);
            return thread;
          });

  public Control() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  }

  /** Tells every client. */
  public void send(ObjectNode line) {
    byte[] bytes = bytesOf(line);
    for (Client client : clients) {
      client.send(bytes);
    }
  }

  /** Says on the standard output that all is ready, and on which port; serves until the standard input ends. */
  public void serve(ObjectNode ready, Handler handler) throws IOException {
    Thread accepting = new Thread(() -> accept(handler), "control accept");
    accepting.setDaemon(true);
    accepting.start();
    ready.put("event", "ready");
    ready.put("port", server.getLocalPort());
    System.out.write(bytesOf(ready));
    System.out.flush();
    while (System.in.read() != -1) {
      // Nothing is said here; only the end counts.
    }
  }

  private void accept(Handler handler) {
    while (true) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        threads.execute(() -> converse(socket, handler));
      } catch (IOException problem) {
        problem.printStackTrace();
        return;
      }
    }
  }

  private void converse(Socket socket, Handler handler) {
    Client client = null;
    try (socket) {
      client = new Client(socket.getOutputStream());
      clients.add(client);
      Client to = client;
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode request = JSON.readTree(line);
        if (request.path("async").asBoolean()) {
          threads.execute(() -> answer(to, handler, request));
        } else {
          answer(to, handler, request);
        }
      }
    } catch (IOException gone) {
      // A client may leave as it likes.
    } finally {
      clients.remove(client);
    }
  }

  private static void answer(Client client, Handler handler, JsonNode request) {
    ObjectNode reply = JSON.createObjectNode();
    reply.set("id", request.get("id"));
    try {
      reply.set("ok", handler.handle(request.get("do").asText(), request));
    } catch (Throwable problem) {
      problem.printStackTrace();
      StringBuilder text = new StringBuilder();
      for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
        text.append(text.length() == 0 ? "" : " <- ").append(cause);
      }
      reply.put("error", text.toString());
    }
    client.send(bytesOf(reply));
  }

  private static byte[] bytesOf(ObjectNode line) {
    return (line.toString() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
