package dev.posthorn.blob;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How bytes are kept.
@ConfigMapping(prefix = "posthorn.blob")
public interface BlobConfig {
  /// Bytes of one piece (one row). A blob up to this size is one row.
  @WithDefault("1048576")
  int pieceBytes();

  /// How old bytes must be that nothing names before they are taken away. Longer than every transaction.
  @WithDefault("1h")
  Duration garbageAge();

  /// How often the bytes of a tenant are looked through for what nothing names any more.
  @WithDefault("12h")
  Duration sweepInterval();

  /// Blobs taken away in one transaction.
  @WithDefault("500")
  int sweepBatch();
}
