package dev.posthorn.connector.graph;

import com.microsoft.kiota.authentication.AnonymousAuthenticationProvider;
import com.microsoft.kiota.http.KiotaClientFactory;
import com.microsoft.kiota.http.OkHttpRequestAdapter;
import dev.posthorn.connector.RequestGate;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/// The way of this process to one Graph: one client, and one gate for each mailbox.
///
/// Of the client's own manners none is used: it does not repeat, since whoever asks must know what was asked twice; it follows
/// no redirect, since a token must not go along.
public final class GraphDoor implements AutoCloseable {
  private static final int IDLE_CONNECTIONS = 50;

  private final URI graph;
  private final GraphConfig config;
  private final long mailBytes;
  private final int memoryBytes;
  private final OkHttpClient http;
  private final OkHttpRequestAdapter requests;
  private final ConcurrentHashMap<String, RequestGate> gates = new ConcurrentHashMap<>();

  /// @param graph where it is, with its version: `https://graph.microsoft.com/v1.0`
  /// @param mailBytes larger mails are not fetched whole
  /// @param memoryBytes of one mail in memory until it is landed; above, a temporary file
  public GraphDoor(URI graph, GraphConfig config, long mailBytes, int memoryBytes) {
    this.graph = graph;
    this.config = config;
    this.mailBytes = mailBytes;
    this.memoryBytes = memoryBytes;
    http = KiotaClientFactory.create(new Interceptor[0])
        .connectTimeout(config.connectTimeout()).readTimeout(config.answerTimeout()).writeTimeout(config.writeTimeout())
        .callTimeout(config.exchangeTimeout()).followRedirects(false).followSslRedirects(false).retryOnConnectionFailure(false)
        .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, config.keepIdle().toMillis(), TimeUnit.MILLISECONDS)).build();
    requests = new OkHttpRequestAdapter(new AnonymousAuthenticationProvider(), null, null, http);
  }

  URI graph() {
    return graph;
  }

  GraphConfig config() {
    return config;
  }

  /// Where this service hears what Graph announces; nothing where Graph cannot reach it.
  Optional<URI> notifications() {
    return config.notificationUrl().map(base -> URI.create(base.replaceAll("/+$", "") + "/hooks/graph"));
  }

  long mailBytes() {
    return mailBytes;
  }

  int memoryBytes() {
    return memoryBytes;
  }

  OkHttpClient http() {
    return http;
  }

  OkHttpRequestAdapter requests() {
    return requests;
  }

  /// The one gate of this mailbox.
  RequestGate gate(String user) {
    return gates.computeIfAbsent(user, _ -> new RequestGate(config.atOnce(), config.firstPause(), config.longestPause()));
  }

  /// Whether a link that Graph gave leads to Graph: only there a token goes along.
  boolean isOurs(URI link) {
    return graph.getScheme().equalsIgnoreCase(link.getScheme()) && graph.getAuthority().equalsIgnoreCase(link.getRawAuthority());
  }

  /// Whether bytes of a mail may go to a host that Graph named: encrypted, unless Graph itself is not.
  boolean mayUploadTo(URI link) {
    return "https".equalsIgnoreCase(link.getScheme()) || "http".equalsIgnoreCase(graph.getScheme()) && "http".equalsIgnoreCase(link.getScheme());
  }

  /// Hangs up.
  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
