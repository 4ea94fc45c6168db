package dev.posthorn.connector.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthorn.connector.LineWords;
import dev.posthorn.secret.Secret;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientConfigBuilder;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.OidcClientConfig.Grant;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Asks token endpoints. One client for each endpoint and kind of grant; whose grant it is, and how we prove who we are, are
/// parameters of each question.
@ApplicationScoped
public class TokenEndpoints {
  private static final Logger LOG = Logger.getLogger(TokenEndpoints.class);
  private static final Duration DEFAULT_LIFE = Duration.ofMinutes(5);

  private record Key(String url, Grant.Type type, String clientId) {}

  private final OidcClients clients;
  private final OAuthConfig config;
  private final Cache<Key, OidcClient> kept;

  TokenEndpoints(OidcClients clients, OAuthConfig config) {
    this.clients = clients;
    this.config = config;
    this.kept = Caffeine.newBuilder().maximumSize(config.rememberedEndpoints()).<Key, OidcClient>removalListener((_, client, _) -> close(client)).build();
  }

  /// Blocks for as long as [OAuthConfig#answerTimeout] says.
  ///
  /// @param url absolute
  /// @param parameters of the form, the client's credentials among them
  TokenReply ask(String url, Grant.Type type, String clientId, Map<String, String> parameters) {
    try {
      var client = kept.get(new Key(url, type, clientId), this::open);
      return granted((type == Grant.Type.REFRESH ? refresh(client, parameters) : client.getTokens(parameters)).await().atMost(config.answerTimeout()));
    } catch (TokenAnswers.NoTokens e) {
      return TokenWords.read(e.status, e.retryAfter, e.body);
    } catch (TimeoutException e) {
      return new TokenReply.Trouble("the token endpoint did not answer in time", Optional.empty());
    } catch (RuntimeException e) {
      return new TokenReply.Trouble("the token endpoint could not be asked: " + LineWords.of(e), Optional.empty());
    }
  }

  private static Uni<Tokens> refresh(OidcClient client, Map<String, String> parameters) {
    var others = new HashMap<>(parameters);
    return client.refreshTokens(others.remove("refresh_token"), others);
  }

  private OidcClient open(Key key) {
    var server = URI.create(key.url);
    var settings = new OidcClientConfigBuilder().id("posthorn-" + key.type.name().toLowerCase(Locale.ROOT) + "-" + key.url)
        .authServerUrl(server.resolve("/").toString()).discoveryEnabled(false).tokenPath(key.url).clientId(key.clientId)
        .grant(key.type).connectionTimeout(config.answerTimeout()).build();
    return clients.newClient(settings).await().atMost(config.answerTimeout());
  }

  private static TokenReply granted(Tokens tokens) {
    if (tokens.getAccessToken() == null) {
      return new TokenReply.Trouble("the token endpoint answered without a token", Optional.empty());
    }
    var life = Optional.ofNullable(tokens.get("expires_in")).map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))).orElse(DEFAULT_LIFE);
    return new TokenReply.Granted(Secret.of(tokens.getAccessToken()), life, Optional.ofNullable(tokens.getRefreshToken()).map(Secret::of),
        Optional.ofNullable(tokens.get("id_token")).map(Secret::of));
  }

  @PreDestroy
  void close() {
    kept.asMap().values().forEach(TokenEndpoints::close);
  }

  private static void close(OidcClient client) {
    try {
      client.close();
    } catch (IOException | UncheckedIOException e) {
      LOG.debugf(e, "A client of a token endpoint could not be closed");
    }
  }
}
