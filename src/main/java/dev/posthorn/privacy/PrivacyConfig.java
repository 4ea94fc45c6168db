package dev.posthorn.privacy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How what is not to be kept is taken away.
@ConfigMapping(prefix = "posthorn.privacy")
public interface PrivacyConfig {
  /// Whether this process does so.
  @WithDefault("true")
  boolean enabled();

  /// How often to look for contacts and tenants to be erased, and for tenants whose retention is due.
  @WithDefault("10s")
  Duration pollInterval();

  /// How long a node has for one of them before another one goes on.
  @WithDefault("10m")
  Duration lease();

  /// How often a tenant is looked through for what is older than it wants.
  @WithDefault("6h")
  Duration retentionInterval();

  /// Rows of one kind changed or deleted in one transaction.
  @WithDefault("200")
  int batch();
}
