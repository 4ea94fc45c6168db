package dev.posthorn.connector.oauth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Signing in at providers, and the tokens that come of it.
@ConfigMapping(prefix = "posthorn.oauth")
public interface OAuthConfig {
  /// `GET /oauth/callback` of this service as browsers reach it: registered at the providers word for word.
  @WithDefault("http://localhost:8080/oauth/callback")
  String callbackUrl();

  /// Where a sign-in may lead back to: addresses such as `https://desk.example/`, and everything below them. Nowhere else:
  /// an address that everybody can choose is a way to lead people astray.
  Optional<List<String>> returnTo();

  /// How long somebody may take to sign in.
  @WithDefault("30m")
  Duration signInTime();

  /// How long it can be asked what became of a sign-in.
  @WithDefault("7d")
  Duration keepSignIns();

  /// So long before its end an access token is replaced.
  @WithDefault("5m")
  Duration refreshAhead();

  /// For one answer of a provider's token endpoint.
  @WithDefault("20s")
  Duration answerTimeout();

  /// A node that refreshes a grant has it for so long; longer than the answer may take.
  @WithDefault("45s")
  Duration refreshLease();

  /// How often to look whether another node's refresh has come to an end.
  @WithDefault("200ms")
  Duration refreshWatch();

  /// After trouble, and where the provider says nothing of it, its token endpoint is left alone for so long; for one mailbox.
  @WithDefault("30s")
  Duration troublePause();

  /// How far the clocks of a provider and ours may be apart.
  @WithDefault("15m")
  Duration clockSkew();

  /// A grant that nobody uses is refreshed this often: providers forget those that are not used for months.
  @WithDefault("7d")
  Duration refreshUnused();

  /// How often to look for such grants.
  @WithDefault("1h")
  Duration unusedInterval();

  /// Such grants refreshed at once.
  @WithDefault("50")
  int unusedBatch();

  /// A grant of Google that dies twice within this time hints at a consent screen in test mode (P-04).
  @WithDefault("8d")
  Duration testModeTime();

  /// What a provider's keys may weigh. Bytes.
  @WithDefault("262144")
  int keyBytes();

  /// Token endpoints whose connections are kept, per process: each directory has one for applications.
  @WithDefault("200")
  int rememberedEndpoints();
}
