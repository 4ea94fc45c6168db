package dev.posthorn.trust;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a check of a sender ended, in the words of RFC 8601, section 2.7.
public enum Verdict {
  PASS,
  FAIL,
  SOFTFAIL,
  NEUTRAL,
  POLICY,
  NONE,
  TEMPERROR,
  PERMERROR;

  /// As headers and the API say it.
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What the word says; empty for a word that is none of these.
  public static Optional<Verdict> read(String word) {
    return Arrays.stream(values()).filter(verdict -> verdict.word().equalsIgnoreCase(word)).findFirst();
  }

  @JsonCreator
  static Verdict of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
