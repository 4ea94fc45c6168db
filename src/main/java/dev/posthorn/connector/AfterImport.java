package dev.posthorn.connector;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// What becomes of a mail in its mailbox once our copy is durable, never before (TH-29, P-12).
public enum AfterImport {
  /// It is marked as read.
  MARK_READ,
  /// It is moved to another folder.
  MOVE,
  /// It is deleted.
  DELETE,
  /// It is left as it is.
  NONE;

  /// As the API and the table say it.
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws IllegalArgumentException for any other word
  @JsonCreator
  public static AfterImport of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Expected: mark-read, move, delete or none."));
  }
}
