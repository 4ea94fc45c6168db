package dev.posthorn.outbox;

import java.util.Locale;

/// How far a mail, or a mail with one recipient, got.
public enum OutboundState {
  QUEUED,
  DEFERRED,
  SENT,
  FAILED,
  SUPPRESSED,
  BOUNCED;

  /// As the API and the table say it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static OutboundState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
