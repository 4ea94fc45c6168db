package dev.posthorn.wire;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// HTTP to hosts that tenants named: only to addresses that may be reached, each call to the very address that was checked,
/// no redirect followed, a time for the whole, and no more read of an answer than wanted. Blocks: for virtual threads.
@ApplicationScoped
public class WebLine {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final HttpClient client;
  private final OutsideReach reach;

  WebLine(Vertx vertx, OutsideReach reach) {
    this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false).setDecompressionSupported(false));
    this.reach = reach;
  }

  /// What the other side said.
  ///
  /// @param body its beginning
  public record Answer(int status, byte[] body) {}

  @PreDestroy
  void close() {
    client.close();
  }

  /// @param body null for a request without one
  /// @param mostOctets of the answer's body; what is beyond is not read
  /// @throws IOException it cannot be reached, or does not answer in time
  public Answer call(String method, URI url, Map<String, String> headers, byte[] body, Duration atMost, int mostOctets) throws IOException {
    boolean encrypted = url.getScheme().equals("https");
    int port = url.getPort() > 0 ? url.getPort() : encrypted ? HTTPS : HTTP;
    var address = reach.addresses(url.getHost()).getFirst();
    var options = new RequestOptions().setMethod(HttpMethod.valueOf(method)).setSsl(encrypted).setHost(url.getHost()).setPort(port)
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
        .setURI((url.getRawPath().isEmpty() ? "/" : url.getRawPath()) + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()))
        .setFollowRedirects(false).setConnectTimeout(atMost.toMillis()).setTimeout(atMost.toMillis());
    headers.forEach(options::addHeader);
    var answered = new CompletableFuture<Answer>();
    // Whoever wants the body must be there when the head arrives: this is said on the connection's own thread, not on ours.
    client.request(options)
        .compose(request -> (body == null ? request.send() : request.send(Buffer.buffer(body))).onSuccess(response -> read(response, mostOctets, answered)))
        .onFailure(answered::completeExceptionally);
    try {
      return answered.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("No answer within " + atMost.toSeconds() + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private static void read(HttpClientResponse response, int mostOctets, CompletableFuture<Answer> answered) {
    var body = Buffer.buffer();
    response.exceptionHandler(answered::completeExceptionally);
    response.handler(piece -> {
      body.appendBuffer(piece, 0, Math.min(piece.length(), mostOctets - body.length()));
      if (body.length() >= mostOctets && answered.complete(new Answer(response.statusCode(), body.getBytes()))) {
        response.request().reset();
      }
    });
    response.endHandler(_ -> answered.complete(new Answer(response.statusCode(), body.getBytes())));
  }
}
