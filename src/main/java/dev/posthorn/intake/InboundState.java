package dev.posthorn.intake;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What becomes of a mail. All but [#PENDING] are ends.
public enum InboundState {
  PENDING,
  TICKETED,
  THREADED,
  IGNORED,
  QUARANTINED,
  FAILED,
  ECHO,
  BOUNCE;

  /// As the API and the table say it.
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static InboundState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
