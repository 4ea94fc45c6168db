package dev.posthorn.figures;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Meters by name.
@ConfigMapping(prefix = "posthorn.figures")
public interface FiguresConfig {
  /// Whether this process tells who lags behind. One or two processes of an installation are enough.
  @WithDefault("true")
  boolean enabled();

  /// How often to look. Each look counts what waits in all queues.
  @WithDefault("1m")
  Duration interval();

  /// How many mailboxes, channels and queues are told by name, each; 0 for none. Every one is a few time series in Prometheus.
  @WithDefault("20")
  int atMost();
}
