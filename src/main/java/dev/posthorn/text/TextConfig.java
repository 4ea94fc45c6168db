package dev.posthorn.text;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Text messages by tenants' gateways.
@ConfigMapping(prefix = "posthorn.text")
public interface TextConfig {
  /// Whether this process gives texts to gateways.
  @WithDefault("true")
  boolean enabled();

  /// How often to look for texts that are due.
  @WithDefault("1s")
  Duration pollInterval();

  /// Texts that are under way at once.
  @WithDefault("20")
  int batch();

  /// How long a text belongs to the process that took it; longer than `timeout`.
  @WithDefault("1m")
  Duration lease();

  /// How long a gateway may take to answer.
  @WithDefault("10s")
  Duration timeout();

  /// Of a gateway's answer, so much is kept to be shown. Bytes.
  @WithDefault("500")
  int maxAnswerBytes();

  /// The pause after a try that failed; it doubles from there.
  @WithDefault("10s")
  Duration firstPause();

  /// The longest pause between two tries.
  @WithDefault("30m")
  Duration longestPause();

  /// How long a text is tried before it has failed.
  @WithDefault("1d")
  Duration giveUpAfter();

  /// Segments of one text that leaves.
  @WithDefault("10")
  int maxSegments();

  /// Characters of one text that comes in.
  @WithDefault("10000")
  int maxInboundLength();

  /// Text accounts of one tenant.
  @WithDefault("50")
  int maxAccounts();

  /// Whether `http://` is allowed too: for development and for networks of one's own.
  @WithDefault("false")
  boolean allowUnencrypted();
}
