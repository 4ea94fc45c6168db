package dev.posthorn.setup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Teams' set-up.
@ConfigMapping(prefix = "posthorn.setup")
public interface SetupConfig {
  /// How long the mail of a forwarding test may be on its way.
  @WithDefault("1h")
  Duration testLifetime();

  /// Forwarding tests of one team within `test-window`: each is a mail to somebody.
  @WithDefault("10")
  int maxTests();

  /// What `max-tests` is counted over.
  @WithDefault("1h")
  Duration testWindow();
}
