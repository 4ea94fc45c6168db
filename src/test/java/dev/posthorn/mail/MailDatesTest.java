package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDatesTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Mon, 2 Mar 2026 09:15:30 +0100             | 2026-03-02T08:15:30Z
      2 Mar 2026 09:15 +0100                     | 2026-03-02T08:15:00Z
      Mon, 02 Mar 2026 09:15:30 -0530 (IST)      | 2026-03-02T14:45:30Z
      Mon,  2 Mar 2026 09:15:30 GMT              | 2026-03-02T09:15:30Z
      Mon, 2 Mar 26 09:15:30 EST                 | 2026-03-02T14:15:30Z
      Mon, 2 Mar 99 09:15:30 +0000               | 1999-03-02T09:15:30Z
      2-Mar-2026 09:15:30 +0000                  | 2026-03-02T09:15:30Z
      Mon, 2 Mar 2026 09:15:30                   | 2026-03-02T09:15:30Z
      Mon, 2 Mar 2026 9:15:30 PM +0000           | 2026-03-02T21:15:30Z
      Mon, 2 March 2026 09:15:60 +0000           | 2026-03-02T09:15:59Z
      Mon Mar  2 09:15:30 2026                   | 2026-03-02T09:15:30Z
      Mon Mar  2 09:15:30 CET 2026               | 2026-03-02T08:15:30Z
      2026-03-02T09:15:30+01:00                  | 2026-03-02T08:15:30Z
      """)
  void datesAreReadHoweverTheyAreWritten(String written, Instant instant) {
    assertThat(MailDates.parse(written)).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "Mon, 42 Mar 2026 09:15:30 +0000", "Mon, 2 Foo 2026 09:15:30 +0000", "2 Mar 2026",
      "Mon, 2 Mar 0001 09:15:30 +0000", "Mon, 2 Mar 2026 99:15:30 +0000", "99999999999999999999"})
  void whatIsNoDateIsNone(String written) {
    assertThat(MailDates.parse(written)).isEmpty();
  }
}
