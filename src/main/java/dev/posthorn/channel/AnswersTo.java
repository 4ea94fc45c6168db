package dev.posthorn.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// Where answers come in to what left by a channel: its Reply-To.
public enum AnswersTo {
  /// To the signed address of the ticket's team, so straight to us. It joins its ticket whatever becomes of its headers (P-18).
  TEAM,
  /// To the channel's own address: to its mailbox, or to a server that forwards it to us.
  ADDRESS,
  /// To the channel's own address with a signed detail (`support+r…@`, RFC 5233): where its server knows such addresses, answers
  /// are as sure as those to the team, and the customer sees the address he knows.
  SIGNED_ADDRESS;

  /// As the API and the table say it.
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws IllegalArgumentException for any other word
  @JsonCreator
  public static AnswersTo of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Expected: team, address or signed-address."));
  }
}
