package dev.posthorn.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Mails that tell agents what happened to their tickets.
@ConfigMapping(prefix = "posthorn.notice")
public interface NoticeConfig {
  /// Whether this process writes notices.
  @WithDefault("true")
  boolean enabled();

  /// How often to look for news.
  @WithDefault("5s")
  Duration pollInterval();

  /// How long a notice waits for others: all of one agent that are waiting leave in one mail.
  @WithDefault("2m")
  Duration digestAfter();

  /// Tenants looked at in one round.
  @WithDefault("20")
  int batch();

  /// How long a tenant's round belongs to the process that took it.
  @WithDefault("1m")
  Duration lease();

  /// Lines of one mail; what is more is counted in the last one.
  @WithDefault("50")
  int maxLines();

  /// How long notices are kept after they were sent.
  @WithDefault("30d")
  Duration keep();
}
