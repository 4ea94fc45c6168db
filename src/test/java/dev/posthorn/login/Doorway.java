package dev.posthorn.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import kotlin.jvm.functions.Function1;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.OAuth2HttpServer;
import no.nav.security.mock.oauth2.http.Ssl;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/// Lets mock-oauth2-server be reached through the JDK's own HTTP server: the two that it brings want other versions of Netty and
/// okhttp than the product has.
final class Doorway implements OAuth2HttpServer {
  private HttpServer server;

  @Override
  public OAuth2HttpServer start(InetAddress address, int port, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> answer(exchange, answers));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return this;
  }

  private void answer(HttpExchange exchange, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> answers) throws IOException {
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
