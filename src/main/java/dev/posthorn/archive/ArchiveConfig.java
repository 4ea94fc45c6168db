package dev.posthorn.archive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How exports and imports are done.
@ConfigMapping(prefix = "posthorn.archive")
public interface ArchiveConfig {
  /// Whether this process makes exports and does imports.
  @WithDefault("true")
  boolean enabled();

  /// How often to look for some to be done.
  @WithDefault("5s")
  Duration pollInterval();

  /// How long a node has until its next sign of life before another one goes on.
  @WithDefault("10m")
  Duration lease();

  /// How often one is tried that fails as a whole, or whose process dies.
  @WithDefault("3")
  int maxAttempts();

  /// How long an export can be fetched.
  @WithDefault("7d")
  Duration exportKeep();

  /// Bytes of what is imported; must not exceed `quarkus.http.limits.max-body-size`.
  @WithDefault("209715200")
  long maxImportBytes();

  /// Bytes of the JSON of one ticket in an import.
  @WithDefault("16777216")
  int maxItemBytes();

  /// Values, names and brackets in the JSON of one ticket in an import.
  @WithDefault("200000")
  int maxItemValues();

  /// Tickets or mails of one import.
  @WithDefault("500000")
  int maxItems();

  /// Messages and comments of one ticket in an import.
  @WithDefault("2000")
  int maxTicketMessages();

  /// People who are named beside the tickets of an import.
  @WithDefault("50000")
  int maxPeople();

  /// Items that could not be imported, after which an import ends.
  @WithDefault("10000")
  int maxRefused();

  /// Bytes that are read of a zip altogether, unpacked.
  @WithDefault("2147483648")
  long maxInflatedBytes();

  /// Bytes of the list of its files at the end of a zip, which is read as a whole.
  @WithDefault("33554432")
  long maxDirectoryBytes();

  /// How long an import goes on before others have their turn.
  @WithDefault("1m")
  Duration turn();

  /// Bytes of what is imported or exported in memory; the rest goes to a temporary file.
  @WithDefault("262144")
  int memoryBytes();

  /// Tickets read at once while exporting.
  @WithDefault("50")
  int exportBatch();

  /// Items that could not be imported and are named; more are only counted.
  @WithDefault("1000")
  int maxFaults();
}
