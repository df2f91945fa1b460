package studio.functions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import org.apache.flink.statefun.sdk.java.StatefulFunctions;
import org.apache.flink.statefun.sdk.java.handler.RequestReplyHandler;
import org.apache.flink.statefun.sdk.java.slice.Slices;

/**
 * Serves the functions on a port of loopback (the first argument; 0 for a free one). Says on a line of JSON when it is ready, and ends when
 * its standard input does.
 */
public final class Server {
  private Server() {}

  public static void main(String[] arguments) throws IOException {
    // Head and body are two writes: the second must not wait until the first is acknowledged.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    RequestReplyHandler handler =
        new StatefulFunctions()
            .withStatefulFunction(Greet.SPEC)
            .withStatefulFunction(Model.SPEC)
            .withStatefulFunction(Sink.SPEC)
            .requestReplyHandler();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    HttpServer server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", exchange -> serve(handler, exchange));
    server.start();
    System.out.printf("{\"event\":\"ready\",\"port\":%d}%n", server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // What is said there means nothing; that it ends does.
    }
    System.exit(0);
  }

  private static void serve(RequestReplyHandler handler, HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    try {
      byte[] reply = handler.handle(Slices.wrap(request)).get().toByteArray();
      answer(exchange, 200, "application/octet-stream", reply);
    } catch (Throwable failure) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      System.err.print(text);
      answer(exchange, 500, "text/plain; charset=utf-8", text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void answer(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("content-type", contentType);
    // A length of 0 would mean a body of unknown length, -1 means none.
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
