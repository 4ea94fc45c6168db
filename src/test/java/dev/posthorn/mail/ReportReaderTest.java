package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/// The reports under `src/test/resources/reports`: each form as its program writes it.
class ReportReaderTest {

  private static final Path REPORTS = Path.of("src/test/resources/reports");

  @ParameterizedTest
  @CsvSource({
      "dsn-postfix,                 anna@receiver.example,    FAILED,    5.1.1,  true,  reply-1",
      "dsn-exchange,                bob@contoso.example,      FAILED,    5.1.10, true,  reply-2",
      "dsn-delayed,                 carl@slow.example,        DELAYED,   4.4.1,  false, reply-3",
      "dsn-delivered,               dora@receiver.example,    DELIVERED, 2.0.0,  false, reply-4",
      "dsn-full-mailbox-forwarded,  emil@alias.example,       FAILED,    5.2.2,  false, reply-5",
      "words-qmail,                 fritz@receiver.example,   FAILED,    5.1.1,  true,  reply-6",
      "words-exim,                  gina@receiver.example,    FAILED,    5.0.0,  true,  reply-7",
      "words-exim-delay,            hans@receiver.example,    DELAYED,   4.0.0,  false, reply-8",
      "words-sendmail,              ida@receiver.example,     FAILED,    5.1.1,  true,  reply-9",
      "words-gmail,                 jan@receiver.example,     FAILED,    5.7.1,  false, reply-10",
      "words-yahoo,                 karl@yahoo.example,       FAILED,    5.0.0,  true,  reply-11",
      "words-exchange-old,          lara@old-exchange.example, FAILED,   5.1.1,  true,  reply-12",
      "words-postfix,               mia@gone.example,         FAILED,    5.0.0,  true,  reply-13"})
  void aBounceSaysWhoDidNotGetWhat(String file, String address, Report.Action action, String status, boolean hard, String original) throws IOException { // P-30
    var report = (Report.Undelivered) read(file).orElseThrow();

    assertThat(report.original()).contains(new MessageId(original + "@in.posthorn.example"));
    assertThat(report.failures()).hasSize(1).first().satisfies(failure -> {
      assertThat(failure.addresses()).contains(address);
      assertThat(failure.action()).isEqualTo(action);
      assertThat(failure.status()).isEqualTo(status);
      assertThat(failure.isHard()).as(failure.words()).isEqualTo(hard);
    });
  }

  @Test
  void theServersWordsAreKept() throws IOException {
    var report = (Report.Undelivered) read("dsn-postfix").orElseThrow();

    assertThat(report.failures().getFirst().words())
        .isEqualTo("550 5.1.1 <anna@receiver.example>: Recipient address rejected: User unknown in virtual mailbox table");
  }

  @Test
  void aForwardedRecipientIsKnownByBothNames() throws IOException {
    var report = (Report.Undelivered) read("dsn-full-mailbox-forwarded").orElseThrow();

    assertThat(report.failures().getFirst().addresses()).containsExactly("emil@alias.example", "emil@real.example");
  }

  @Test
  void aReadReceiptNamesTheMail() throws IOException {
    assertThat(read("mdn")).contains(new Report.Shown("displayed", Optional.of(new MessageId("reply-14@in.posthorn.example"))));
  }

  @Test
  void aComplaintNamesTheMail() throws IOException {
    assertThat(read("arf")).contains(new Report.Complained("abuse", Optional.of(new MessageId("reply-15@in.posthorn.example"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-a-report-forwarded", "not-a-report-postmaster-writes"})
  void whatPeopleWriteIsNoReport(String file) throws IOException {
    assertThat(read(file)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5.1.1, true", "5.1.2, true", "5.1.10, true", "5.2.1, true", "5.4.4, true", "5.2.2, false", "5.3.4, false", "5.7.1, false",
      "5.7.26, false", "5.1.8, false", "5.0.0, false", "4.2.2, false"})
  void onlyAnAddressThatTakesNoMailIsHard(String status, boolean hard) {
    assertThat(new Report.Failure(java.util.List.of("a@b.example"), Report.Action.FAILED, status, "no").isHard()).isEqualTo(hard);
  }

  @Test
  void hostileTextComesToAnEnd() {
    var text = "delivery failed\n" + "\n".repeat(60_000) + "a@".repeat(60_000) + "- ".repeat(60_000) + "user ".repeat(60_000);
    var mail = ("From: MAILER-DAEMON@x.example\r\nSubject: failure notice\r\n\r\n" + text).getBytes(StandardCharsets.US_ASCII);

    assertThat(ReportReader.read(parsed(mail), true)).isPresent();
  }

  private static Optional<Report> read(String file) throws IOException {
    var text = Files.readString(REPORTS.resolve(file + ".eml")).replace("\n", "\r\n");
    return ReportReader.read(parsed(text.getBytes(StandardCharsets.UTF_8)), text.startsWith("Return-Path: <>"));
  }

  static Mail parsed(byte[] mail) {
    return switch (new MailParser(MailLimits.DEFAULT).parse(RawMail.of(mail))) {
      case Parsed.Readable(Mail readable) -> readable;
      case Parsed.Unreadable(String why) -> throw new AssertionError(why);
    };
  }
}
