package dev.posthorn.support;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Whom traces are told to, by OTLP over HTTP (`/v1/traces`). Reads of the protocol's messages what tests ask for, by the numbers
/// of their fields in `opentelemetry/proto/trace/v1/trace.proto`.
public final class TraceReceiver implements AutoCloseable {
  /// @param links the spans that it goes on from
  /// @param text everything that it says, to look for what it must not
  public record Span(String trace, String id, String parent, String name, List<Link> links, String text) {}

  /// Another span, of this trace or another.
  public record Link(String trace, String span) {}

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private TraceReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::receive);
    server.start();
  }

  public static TraceReceiver start() {
    return new TraceReceiver();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// All spans of a name, in the order in which they came.
  public List<Span> named(String name) {
    return spans.stream().filter(span -> span.name.equals(name)).toList();
  }

  public List<Span> all() {
    return List.copyOf(spans);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = UnknownFieldSet.parseFrom(exchange.getRequestBody().readAllBytes());
      for (var resource : messages(request, 1)) {
        for (var scope : messages(resource, 2)) {
          messages(scope, 2).forEach(span -> spans.add(span(span)));
        }
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static Span span(UnknownFieldSet span) {
    var links = messages(span, 13).stream().map(link -> new Link(hex(link, 1), hex(link, 2))).toList();
    return new Span(hex(span, 1), hex(span, 2), hex(span, 4), bytes(span, 5).toStringUtf8(), links, span.toByteString().toStringUtf8());
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream().map(bytes -> {
      try {
        return UnknownFieldSet.parseFrom(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }).toList();
  }

  private static ByteString bytes(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream().findFirst().orElse(ByteString.EMPTY);
  }

  private static String hex(UnknownFieldSet message, int field) {
    return HexFormat.of().formatHex(bytes(message, field).toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
