package dev.posthorn.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.posthorn.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;

class WordsTest {

  static Stream<Arguments> strangersWords() {
    return Stream.of(
        arguments("250 Ok", "250 Ok"),
        arguments(" 250  Ok ", "250 Ok"),
        arguments("550 one\r\ntwo", "550 one two"),
        arguments("550 a\0b", "550 a b"),
        arguments("550 a\u202eb", "550 a b"),
        arguments("550 a\u2028b", "550 a b"),
        arguments("550 \ud800 x", "550 x"),
        arguments(" \r\n ", ""),
        arguments("", ""));
  }

  @ParameterizedTest
  @MethodSource
  void strangersWords(String said, String kept) {
    assertThat(ServerWords.line(said)).isEqualTo(kept);
  }

  @Test
  void longWordsAreCutBetweenCharacters() {
    assertThat(ServerWords.line("x".repeat(499))).hasSize(499);
    assertThat(ServerWords.line("x".repeat(501))).hasSize(500).endsWith("x…");
    assertThat(ServerWords.line("😀".repeat(400))).hasSizeLessThanOrEqualTo(500).endsWith("😀…");
  }

  @Test
  void everyOutcomeBoundsItsWords() {
    assertThat(new Deferred("a\r\nb", Optional.empty()).why()).isEqualTo("a b");
    assertThat(new SendOutcome.Refused("a\r\nb", "5.0.0").why()).isEqualTo("a b");
    assertThat(new SendOutcome.Unknown("a\r\nb").why()).isEqualTo("a b");
    assertThat(new SendOutcome.Sent("a\r\nb").serverWords()).isEqualTo("a b");
  }

  @Test
  void secretShowsItselfOnlyWhenAsked() {
    var secret = Secret.of("open sesame");

    assertThat(secret.toString() + List.of(secret)).doesNotContain("sesame");
    assertThat(secret.reveal()).isEqualTo("open sesame");
    assertThat(secret).isEqualTo(Secret.of("open sesame")).isNotEqualTo(Secret.of("open barley"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "user\0", "\0user\0", "user=a\1auth=Bearer "})
  void secretIsFoundInClearAndInsideBase64(String before) {
    var sent = Base64.getEncoder().encodeToString((before + "open sesame").getBytes(StandardCharsets.UTF_8));

    assertThat(Secret.of("open sesame").hideIn("535 (" + sent + ") open sesame is wrong")).isEqualTo("535 ([secret]) [secret] is wrong");
  }

  @Test
  void dispatchNeedsARecipientAndAnEnvelopeSenderThatCannotEndItsCommand() {
    assertThatIllegalArgumentException().isThrownBy(() -> dispatch("a@example.com", List.of()));
    for (var sender : List.of("a@example.com> SIZE=1", "a@example.com\r\nRCPT TO:<x@example.com>", "nobody", "<a@example.com>")) {
      assertThatIllegalArgumentException().isThrownBy(() -> dispatch(sender, List.of(Address.of("b@example.com"))));
    }
  }

  private static Dispatch dispatch(String from, List<Address> recipients) {
    return new Dispatch(from, recipients, new MessageId("id@example.com"), RawMail.of(new byte[0]));
  }
}
