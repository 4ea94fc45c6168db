package dev.posthorn.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.mail.Classification;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreeningTest {
  @ParameterizedTest
  @CsvSource({"dsn-postfix, BOUNCE", "dsn-exchange, BOUNCE", "dsn-delayed, BOUNCE", "words-qmail, BOUNCE", "mdn, RECEIPT", "arf, COMPLAINT",
      "not-a-report-forwarded, ORDINARY", "not-a-report-postmaster-writes, AUTOMATIC"})
  void aReportIsToldFromMail(String file, Classification classification) throws IOException { // P-30
    var text = Files.readString(Path.of("src/test/resources/reports", file + ".eml"));

    assertThat(screened(text, "anna@x.example").classification()).isEqualTo(classification);
  }

  @Test
  void theMostTellingSignIsWhatItIs() {
    var robot = screened("From: list@x.example\nAuto-Submitted: auto-generated\nList-Id: <l.x.example>\nPrecedence: bulk\n\nNews.\n", "list@x.example");

    assertThat(robot.classification()).isEqualTo(Classification.LIST);
    assertThat(robot.silence()).extracting(Reason::code).containsExactly("auto-submitted", "precedence", "list");
  }

  @Test
  void aPersonMayBeAnswered() {
    var person = screened("From: anna@x.example\nSubject: Help\n\nHello.\n", "anna@x.example");

    assertThat(person.classification()).isEqualTo(Classification.ORDINARY);
    assertThat(person.silence()).isEmpty();
  }

  @Test
  void whatCannotBeReadOrSaysNoSenderIsNotAnswered() {
    assertThat(Screening.screen(new Parsed.Unreadable("empty"), Optional.empty()).silence()).isNotEmpty();
    assertThat(screened("Subject: Help\n\nHello.\n", "anna@x.example").silence()).extracting(Reason::code).containsExactly("no-sender");
  }

  private static Screened screened(String text, String envelopeFrom) {
    var bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    return Screening.screen(new MailParser(MailLimits.DEFAULT).parse(RawMail.of(bytes)), Optional.of(envelopeFrom));
  }
}
