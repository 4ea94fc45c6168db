package dev.posthorn.connector;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// How the line to a server is encrypted.
public enum Encryption {
  /// From the first octet (RFC 8314, section 3).
  TLS,
  /// By STARTTLS before anything is said, or not at all.
  STARTTLS,
  /// Never: everything on the line, the password too, can be read on its way.
  NONE;

  /// As the API and the table say it.
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException for any other word
  @JsonCreator
  public static Encryption of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Expected: tls, starttls or none."));
  }
}
