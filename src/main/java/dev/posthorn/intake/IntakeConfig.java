package dev.posthorn.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What may come in.
@ConfigMapping(prefix = "posthorn.intake")
public interface IntakeConfig {
  /// The largest mail that is taken, in bytes, whatever the way in.
  @WithDefault("52428800")
  long maxMailBytes();

  /// Up to this size a mail on its way in stays in memory; above, it is spooled to a temporary file. Bytes.
  @WithDefault("262144")
  int memoryBytes();
}
