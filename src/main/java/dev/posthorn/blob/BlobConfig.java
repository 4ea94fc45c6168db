package dev.posthorn.blob;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

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

  S3 s3();

  /// A bucket to which bytes are moved, of S3 or whatever speaks its protocol.
  interface S3 {
    /// The bucket; without one all bytes stay in PostgreSQL.
    Optional<String> bucket();

    /// Where it is, a URL; unset for Amazon's own.
    Optional<String> endpoint();

    /// The region that requests are signed for.
    @WithDefault("us-east-1")
    String region();

    /// Whether the bucket stands in the path of a URL and not in the host name: most servers other than Amazon's want it.
    @WithDefault("false")
    boolean pathStyle();

    /// The name of the key; without one it is looked for as Amazon's tools do: environment, web identity, instance.
    Optional<String> accessKey();

    /// The key itself.
    Optional<String> secretKey();

    /// What the names of all objects begin with.
    Optional<String> prefix();

    /// Whether this process moves bytes. Reading them needs no switch.
    @WithDefault("true")
    boolean enabled();

    /// How long bytes stay in PostgreSQL, where most of them are read once more soon.
    @WithDefault("15m")
    Duration moveAfter();

    /// Whether bytes that were there before the bucket was named are moved too.
    @WithDefault("true")
    boolean moveOlder();

    /// How often to look for bytes that are due.
    @WithDefault("5s")
    Duration pollInterval();

    /// Blobs that one process moves at once.
    @WithDefault("8")
    int batch();

    /// How long a blob belongs to the process that moves it.
    @WithDefault("10m")
    Duration lease();

    /// The pause after a move that failed; it doubles.
    @WithDefault("30s")
    Duration firstPause();

    /// The longest such pause.
    @WithDefault("15m")
    Duration longestPause();

    /// How long the bytes of deleted blobs stay in the bucket: a database that is restored from a backup of that age finds them.
    @WithDefault("7d")
    Duration removeAfter();

    /// For the connection.
    @WithDefault("5s")
    Duration connectTimeout();

    /// The longest silence of the bucket.
    @WithDefault("30s")
    Duration answerTimeout();
  }
}
