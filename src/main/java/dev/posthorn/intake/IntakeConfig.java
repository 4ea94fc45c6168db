package dev.posthorn.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What may come in.
@ConfigMapping(prefix = "posthorn.intake")
public interface IntakeConfig {
  /// The largest mail that is taken, in bytes, whatever the way in.
  @WithDefault("52428800")
  long maxMailBytes();

  /// Up to this size a mail on its way in stays in memory; above, it is spooled to a temporary file. Bytes.
  @WithDefault("262144")
  int memoryBytes();

  /// How often the figures of what waits are read for the metrics.
  @WithDefault("15s")
  Duration backlogInterval();
}
