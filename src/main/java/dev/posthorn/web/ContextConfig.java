package dev.posthorn.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How a tenant's own URL is asked about its customers.
@ConfigMapping(prefix = "posthorn.context")
public interface ContextConfig {
  /// For the question and its answer altogether.
  @WithDefault("3s")
  Duration timeout();

  /// The largest answer, in bytes.
  @WithDefault("65536")
  int maxBytes();

  /// Questions at once, per process.
  @WithDefault("50")
  int concurrency();

  /// Whether the URL may be one of `http`: for tests and closed networks.
  @WithDefault("false")
  boolean allowUnencrypted();
}
