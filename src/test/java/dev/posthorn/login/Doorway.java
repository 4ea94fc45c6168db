package dev.posthorn.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import kotlin.jvm.functions.Function1;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.OAuth2HttpServer;
import no.nav.security.mock.oauth2.http.Ssl;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/// Lets mock-oauth2-server be reached through the JDK's own HTTP server: the two that it brings want other versions of Netty and
/// okhttp than the product has. What its token endpoints answer next, whatever they are asked, may be said beforehand.
final class Doorway implements OAuth2HttpServer {
  /// Where it is said: with a body, and its `status`.
  static final String NEXT_TOKEN = "/next-token";

  /// The status of no answer: the line is kept open.
  static final int SILENCE = 0;

  /// The status of a line that is cut.
  static final int CUT = -1;

  private record Said(int status, byte[] body) {}

  private final AtomicReference<Said> next = new AtomicReference<>();
  private HttpServer server;

  @Override
  public OAuth2HttpServer start(InetAddress address, int port, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> answer(exchange, answers));
    server.createContext(NEXT_TOKEN, this::listen);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return this;
  }

  private void listen(HttpExchange exchange) throws IOException {
    try (exchange) {
      var status = exchange.getRequestURI().getQuery().replace("status=", "");
      next.set(new Said(Integer.parseInt(status), exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private void answer(HttpExchange exchange, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> answers) throws IOException {
    var said = exchange.getRequestURI().getPath().endsWith("/token") ? next.getAndSet(null) : null;
    if (said != null) {
      say(exchange, said);
      return;
    }
    try (exchange) {
      var headers = new Headers.Builder();
      exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
      var answer = answers.invoke(new OAuth2HttpRequest(headers.build(), exchange.getRequestMethod(), url(exchange.getRequestURI().toString()),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      answer.getHeaders().toMultimap().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
      var body = answer.getBody() == null ? new byte[0] : answer.getBody().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.getStatus(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void say(HttpExchange exchange, Said said) throws IOException {
    if (said.status == SILENCE) {
      return;
    }
    try (exchange) {
      if (said.status != CUT) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Retry-After", "17");
        exchange.sendResponseHeaders(said.status, said.body.length == 0 ? -1 : said.body.length);
        exchange.getResponseBody().write(said.body);
      }
    }
  }

  @Override
  public OAuth2HttpServer start(Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> answers) {
    return start(0, answers);
  }

  @Override
  public OAuth2HttpServer start(int port, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> answers) {
    return start(InetAddress.getLoopbackAddress(), port, answers);
  }

  @Override
  public OAuth2HttpServer stop() {
    server.stop(0);
    return this;
  }

  @Override
  public void close() {
    stop();
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public HttpUrl url(String path) {
    return HttpUrl.get("http://127.0.0.1:" + port() + path);
  }

  @Override
  public Ssl sslConfig() {
    return null;
  }
}
