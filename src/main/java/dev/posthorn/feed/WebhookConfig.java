package dev.posthorn.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Events sent to tenants' own servers.
@ConfigMapping(prefix = "posthorn.webhook")
public interface WebhookConfig {
  /// Whether this process sends events to webhooks.
  @WithDefault("true")
  boolean enabled();

  /// How often to look for events and for deliveries that are due.
  @WithDefault("1s")
  Duration pollInterval();

  /// Deliveries tried at once, and webhooks looked at for one round.
  @WithDefault("20")
  int batch();

  /// How long a delivery belongs to the process that took it; longer than `timeout`.
  @WithDefault("1m")
  Duration lease();

  /// How long a server may take to answer.
  @WithDefault("10s")
  Duration timeout();

  /// Of an answer that is no success, so much is kept to be shown. Bytes.
  @WithDefault("500")
  int maxAnswerBytes();

  /// The pause after a delivery that failed; it doubles from there.
  @WithDefault("5s")
  Duration firstPause();

  /// The longest pause between two tries.
  @WithDefault("6h")
  Duration longestPause();

  /// Tries after which a delivery has failed; it can be replayed.
  @WithDefault("15")
  int maxAttempts();

  /// How long ended deliveries are kept to be shown and replayed.
  @WithDefault("30d")
  Duration keep();

  /// Webhooks of one tenant.
  @WithDefault("50")
  int maxWebhooks();

  /// Whether `http://` is allowed too: for development and for networks of one's own.
  @WithDefault("false")
  boolean allowUnencrypted();
}
