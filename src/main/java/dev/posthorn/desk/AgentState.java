package dev.posthorn.desk;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// Whether somebody is there to be offered work. Public for the description of the API, which asks each value for its word.
public enum AgentState {
  /// Not there.
  OFFLINE,
  /// Offered what waits.
  AVAILABLE,
  /// Let an offer pass (redirection on no answer): offered nothing until available again.
  RONA;

  /// As the API and the table say it.
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException for any other word
  @JsonCreator
  public static AgentState of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Expected: offline or available."));
  }
}
