package dev.posthorn.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How mail leaves.
@ConfigMapping(prefix = "posthorn.outbox")
public interface OutboxConfig {
  /// Whether this process sends.
  @WithDefault("true")
  boolean enabled();

  /// Mails on their way at once, per process.
  @WithDefault("8")
  int concurrency();

  /// How long a claimed mail belongs to the worker that claimed it. A worker that lives prolongs it, one that died does not.
  @WithDefault("2m")
  Duration lease();

  /// How often to look for due mail that nobody announced: another replica's, or a pause that ended.
  @WithDefault("5s")
  Duration pollInterval();

  /// The pause after the first failed try; it doubles from there.
  @WithDefault("30s")
  Duration firstPause();

  /// The longest pause between two tries.
  @WithDefault("30m")
  Duration longestPause();

  /// The pause after an end that nobody heard. Then the mailbox that may have sent the mail is asked whether it has, and the copy of
  /// what was sent may come late.
  @WithDefault("10m")
  Duration doubtPause();

  /// How long a mail is tried before it counts as failed (RFC 5321, section 4.5.4.1, asks for four to five days).
  @WithDefault("96h")
  Duration giveUpAfter();

  /// How long mails on their way may take when the application stops; what takes longer is due again when its lease ends.
  @WithDefault("20s")
  Duration shutdownGrace();

  /// Up to this size an outgoing mail is read into memory; above, into a temporary file. Bytes.
  @WithDefault("1048576")
  int memoryBytes();

  /// How often the figures of what waits are read for the metrics.
  @WithDefault("15s")
  Duration backlogInterval();

  /// Copies of sent mail that are being put into mailboxes at once, per process.
  @WithDefault("4")
  int copiesAtOnce();

  /// How long a copy belongs to the worker that claimed it.
  @WithDefault("15m")
  Duration copyLease();

  /// How often a copy is tried before the mailbox goes without it.
  @WithDefault("12")
  int copyAttempts();

  /// How much a tenant may write by the platform's own relay.
  Relay relay();

  /// In a day (UTC): replies, forwards and tickets opened by hand. What is written by itself has budgets of its own.
  interface Relay {
    /// Recipients for a tenant that has a verified sending domain or a mailbox.
    @WithDefault("10000")
    int recipientsPerDay();

    /// Recipients for one that has neither.
    @WithDefault("200")
    int unprovenRecipientsPerDay();
  }
}
