package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mails that are made to take for ever come to an end (P-37), and any bytes are answered.
class MailParserEndsTest {
  private static final String HEAD = "From: anna@x.example\r\nSubject: Much\r\n";

  /// A clock that runs a second further each time it is looked at.
  @Test
  void aMailThatTakesTooLongIsReadAsFarAsTheTimeGoes() {
    StringBuilder mail = new StringBuilder(HEAD).append("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nText\r\n");
    for (int i = 0; i < 100; i++) {
      mail.append("--b\r\nContent-Type: application/pdf\r\n\r\n").append(i).append("\r\n");
    }
    byte[] bytes = Ends.bytes(mail.append("--b--\r\n").toString());
    AtomicLong seconds = new AtomicLong();
    InstantSource clock = () -> Instant.ofEpochSecond(seconds.incrementAndGet());

    try (RawMail raw = RawMail.of(bytes); Parsed parsed = new MailParser(MailLimits.DEFAULT, clock).parse(raw)) {
      assertThat(parsed).isInstanceOfSatisfying(Parsed.Readable.class, read -> {
        assertThat(read.mail().flaws()).containsExactly(Flaw.OUT_OF_TIME);
        assertThat(read.mail().text()).isEqualTo("Text");
        assertThat(read.mail().attachments()).hasSizeBetween(5, 30);
        assertThat(read.mail().attachments().getFirst().sha256()).isEqualTo(Sha256.digest(bytes));
      });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 8, 10, 15})
  void theTimeMayEndAnywhere(int ticks) throws IOException {
    MailLimits limits = new MailLimits(1_000, 50, 1_000, 64 << 10, 512 << 10, 1 << 20, 4 << 20, 1 << 20, 1 << 20, Duration.ofMillis(ticks * 10 + 1));
    for (String name : List.of("022-inline-image", "036-attached-mails", "059-winmail-html", "073-signed-twice", "084-uuencode-in-text", "122-returns-alone")) {
      AtomicLong millis = new AtomicLong();
      byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/mail", name + ".eml"));

      try (RawMail raw = RawMail.of(bytes); Parsed parsed = new MailParser(limits, () -> Instant.ofEpochMilli(millis.addAndGet(10))).parse(raw)) {
        Mail mail = ((Parsed.Readable) parsed).mail();
        assertThat(mail.from()).isPresent();
        if (mail.flaws().contains(Flaw.OUT_OF_TIME)) {
          assertThat(mail.attachments()).extracting(Attachment::sha256).contains(raw.sha256());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--b\r\n", "--b--\r\n", "\r\n--b", "--b\r\n\r\n--b--\r\n", "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
      "--b\r\nContent-Type: multipart/mixed\r\n\r\n", "-", "\n", "--b\r\nContent-Type: message/rfc822\r\n\r\n",
      "--b\r\nContent-Type: multipart/mixed; boundary=\"\"\r\n\r\n", "--b\r\nContent-Type: text/html\r\n\r\n<div>\r\n"})
  void repeatedBoundariesComeToAnEnd(String piece) {
    String mail = HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + piece.repeat(1_000_000 / piece.length());

    Ends.read(Ends.bytes(mail), parsed -> assertThat(parsed.subject()).isEqualTo("Much"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=?utf-8?Q?", "=?a?", "=?utf-8?B?AA==?=", "; a*0*=", "\"", "(", "<", ";", "=", ",", "a@b,"})
  void headersOfRepeatedBeginningsComeToAnEnd(String piece) {
    String value = piece.repeat(60_000 / piece.length());
    String mail = "From: " + value + "\r\nTo: " + value + "\r\nSubject: " + value + "\r\nContent-Type: text/plain" + value
        + "\r\nContent-Disposition: attachment" + value + "\r\nReferences: " + value + "\r\nDate: " + value
        + "\r\n\r\nText\r\n";

    Ends.read(Ends.bytes(mail), parsed -> assertThat(parsed.subject()).hasSizeLessThanOrEqualTo(1_000));
  }

  /// Java's own look-up of a charset that it does not know takes a third of a millisecond: this would take minutes.
  @Test
  void unknownCharsetsByTheTenThousandComeToAnEnd() {
    StringBuilder subject = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      subject.append("=?x-").append(i).append("?Q?a?=").append(i % 3_000 == 2_999 ? "\r\nX-More: " : " x ");
    }
    Ends.read(Ends.bytes("From: anna@x.example\r\nSubject: " + subject + "\r\n\r\nText\r\n"), parsed -> assertThat(parsed.subject()).startsWith("a x a x"));
  }

  /// Half a million times as many values as bytes, and none of them costs any.
  @Test
  void aWinmailThatPromisesBillionsOfNothingsComesToAnEnd() {
    ByteBuffer properties = ByteBuffer.allocate(4 << 20).order(ByteOrder.LITTLE_ENDIAN).putInt(500_000);
    while (properties.remaining() > 8) {
      properties.putShort((short) 0x1001).putShort((short) 0x1234).putInt(Math.max(0, properties.remaining() - 100));
    }
    ByteBuffer tnef = ByteBuffer.allocate(properties.position() + 30).order(ByteOrder.LITTLE_ENDIAN);
    tnef.putInt(0x223E9F78).putShort((short) 1).put((byte) 1).putInt(0x00069003).putInt(properties.position())
        .put(properties.array(), 0, properties.position()).putShort((short) 0);
    String mail = HEAD + "Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(Arrays.copyOf(tnef.array(), tnef.position()));

    Ends.read(Ends.bytes(mail), parsed -> assertThat(parsed.attachments()).hasSize(1));
  }

  @Test
  void contentIdsInsideEachOtherComeToAnEnd() {
    String mail = HEAD + "Content-Type: text/html; charset=" + "\"'".repeat(30_000) + "x\r\n\r\n" + "cid:".repeat(500_000);

    Ends.read(Ends.bytes(mail), parsed -> assertThat(parsed.html().orElseThrow()).hasSize(2_000_000));
  }

  @Test
  void anyBytesAreAnswered() {
    Random random = new Random(7);
    byte[] seed = Ends.bytes(HEAD + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n"
        + "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+\r\n--b\r\n"
        + "Content-Type: message/rfc822; name*0*=utf-8''%41\r\n\r\nSubject: =?utf-8?B?QQ==?=\r\n\r\nx\r\n--b--\r\n");
    MailParser parser = new MailParser(MailLimits.DEFAULT);
    assertTimeoutPreemptively(Ends.ENDS, () -> {
      for (int i = 0; i < 5_000; i++) {
        byte[] bytes = seed.clone();
        for (int change = random.nextInt(12); change >= 0; change--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try (RawMail raw = RawMail.of(bytes); Parsed parsed = parser.parse(raw)) {
          assertThat(parsed).isInstanceOf(Parsed.Readable.class);
        }
      }
    });
  }
}
