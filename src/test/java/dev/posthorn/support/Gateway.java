package dev.posthorn.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/// A gateway for text messages: keeps what it is given and answers as it is bidden.
public final class Gateway implements AutoCloseable {
  /// One text that it was given.
  public record Given(Map<String, String> headers, byte[] body) {
    public String header(String name) {
      return headers.get(name);
    }

    public JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private final List<Given> given = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  public Gateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    server.createContext("/", exchange -> {
      given.add(new Given(exchange.getRequestHeaders().entrySet().stream()
          .collect(Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), header -> header.getValue().getFirst())),
          exchange.getRequestBody().readAllBytes()));
      var status = answers.poll();
      var said = "number is not in service".getBytes(StandardCharsets.US_ASCII);
      int code = status == null ? 202 : status;
      exchange.sendResponseHeaders(code, said.length);
      exchange.getResponseBody().write(said);
      exchange.close();
    });
    server.start();
  }

  /// What it answers next, in this order; after that it takes what it is given.
  public void says(Integer... next) {
    answers.addAll(List.of(next));
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/texts";
  }

  public List<Given> given() {
    return given;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
