package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      <a@x>                                         | a@x
      <a@x> <b@x>                                   | a@x b@x
      <a@x><b@x>                                    | a@x b@x
      <a@x>,<b@x>                                   | a@x b@x
      <a@x> <a@x> <b@x>                             | a@x b@x
      a@x                                           | a@x
      a@x b@x                                       | a@x b@x
      <a@x                                          | a@x
      <a@x <b@x>                                    | a@x b@x
      <a@x b@x>                                     | a@x b@x
      <very-long- id@x>                             | very-long-id@x
      < a@x >                                       | a@x
      <no-at-sign>                                  | no-at-sign
      Your message of Monday from joe@y.example <a@x> | a@x
      "Joe" <a@x> (his mail)                        | a@x
      <<a@x>>                                       | a@x
      <a@[192.0.2.1]>                               | a@[192.0.2.1]
      <>                                            | ``
      nothing                                       | ``
      """)
  void everyIdIsFoundHoweverBadlyItIsWritten(String value, String expected) {
    assertThat(MessageId.parseAll(value).stream().map(MessageId::value).collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  @Test
  void ofTooManyTheFirstAndTheLatestAreKept() {
    String value = IntStream.range(0, 3_000).mapToObj(i -> "<" + i + "@x>").collect(Collectors.joining(" "));

    List<MessageId> ids = MessageId.parseAll(value);

    assertThat(ids).hasSize(1_000).startsWith(new MessageId("0@x")).endsWith(new MessageId("2999@x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\n@x", "<a@x>", "a\u0000@x"})
  void whatWouldBreakAHeaderIsRefused(String value) {
    assertThatThrownBy(() -> new MessageId(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void freshIdsLookOrdinaryAndAreAllDifferent() { // P-55
    List<MessageId> ids = IntStream.range(0, 1_000).mapToObj(i -> MessageId.fresh("support.example")).toList();

    assertThat(ids).doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id.value()).matches("[a-z0-9]{31,32}@support\\.example"));
  }

  @Test
  void hostileValuesAreReadInLinearTime() {
    for (String piece : Arrays.asList("<", ">", "<a", "a@", " ", "<a@x ")) {
      assertThat(MessageId.parseAll(piece.repeat(100_000))).hasSizeLessThanOrEqualTo(1_000);
    }
  }
}
