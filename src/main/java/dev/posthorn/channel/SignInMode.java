package dev.posthorn.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// As whom the mail of a mailbox is read and sent.
public enum SignInMode {
  /// As whoever signed in.
  DELEGATED,
  /// As the application itself: an administrator consents for the whole directory.
  APPLICATION;

  /// As the API and the table say it.
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws IllegalArgumentException for any other word
  @JsonCreator
  public static SignInMode of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Expected: delegated or application."));
  }
}
