package dev.posthorn.triage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How mail becomes tickets.
@ConfigMapping(prefix = "posthorn.triage")
public interface TriageConfig {
  /// Whether this process files mail.
  @WithDefault("true")
  boolean enabled();

  /// Batches filed at once, per process.
  @WithDefault("2")
  int workers();

  /// Mails of one claim. Those of one tenant are filed in one transaction.
  @WithDefault("100")
  int batch();

  /// How long claimed mails belong to the worker that claimed them.
  @WithDefault("2m")
  Duration lease();

  /// How often to look for mail that nobody announced: another replica's, or one whose pause ended.
  @WithDefault("2s")
  Duration pollInterval();

  /// The pause after a mail could not be filed; it doubles from there.
  @WithDefault("10s")
  Duration firstPause();

  /// The longest pause between two tries.
  @WithDefault("10m")
  Duration longestPause();

  /// Tries after which a mail counts as failed: kept, visible, repeatable.
  @WithDefault("8")
  int maxAttempts();
}
