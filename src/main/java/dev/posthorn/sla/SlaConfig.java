package dev.posthorn.sla;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The clocks of tickets.
@ConfigMapping(prefix = "posthorn.sla")
public interface SlaConfig {
  /// Whether this process watches clocks. What HTTP shows is right in any case; without a watch nobody is told.
  @WithDefault("true")
  boolean enabled();

  /// How often to look for clocks that changed by themselves.
  @WithDefault("1s")
  Duration pollInterval();

  /// Tickets of one look.
  @WithDefault("100")
  int batch();

  /// How long a ticket is left alone whose clocks could not be read.
  @WithDefault("10m")
  Duration pauseAfterMishap();
}
