package dev.posthorn.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// At whom somebody signs in for a mailbox.
public enum SignInKind {
  /// Microsoft 365, by Graph.
  MICROSOFT365,
  /// Gmail and Google Workspace, by the Gmail API.
  GMAIL_API;

  /// As the API and the table say it.
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws IllegalArgumentException for any other word
  @JsonCreator
  public static SignInKind of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Expected: microsoft365 or gmail-api."));
  }
}
