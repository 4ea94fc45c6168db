package dev.posthorn.blob;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How bytes are kept.
@ConfigMapping(prefix = "posthorn.blob")
public interface BlobConfig {
  /// Bytes of one piece (one row). A blob up to this size is one row.
  @WithDefault("1048576")
  int pieceBytes();
}
