package dev.posthorn.desk;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// Whether somebody is there to be offered work.
enum AgentState {
  OFFLINE,
  AVAILABLE,
  /// Let an offer pass (redirection on no answer): offered nothing until available again.
  RONA;

  /// As the API and the table say it.
  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException for any other word
  @JsonCreator
  static AgentState of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Expected: offline or available."));
  }
}
