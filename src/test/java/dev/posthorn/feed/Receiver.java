package dev.posthorn.feed;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A tenant's server that is told of events: keeps what it is told and answers as it is bidden.
final class Receiver implements AutoCloseable {
  /// One call.
  record Call(Map<String, String> headers, byte[] body) {
    String header(String name) {
      return headers.get(name);
    }
  }

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private volatile int otherwise = 204;

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      calls.add(new Call(exchange.getRequestHeaders().entrySet().stream()
          .collect(Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), header -> header.getValue().getFirst())),
          exchange.getRequestBody().readAllBytes()));
      var status = answers.poll();
      var said = "it is full".getBytes(StandardCharsets.US_ASCII);
      int code = status == null ? otherwise : status;
      exchange.sendResponseHeaders(code, code == 204 ? -1 : said.length);
      if (code != 204) {
        exchange.getResponseBody().write(said);
      }
      exchange.close();
    });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?from=posthorn";
  }

  /// The next answers; then success again.
  Receiver answers(Integer... statuses) {
    answers.addAll(List.of(statuses));
    return this;
  }

  /// Every answer from now on, if nothing else is bidden.
  Receiver always(int status) {
    otherwise = status;
    return this;
  }

  List<Call> calls() {
    return calls;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
