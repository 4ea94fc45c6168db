package dev.posthorn.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MboxMailsTest {
  private static List<String> mails(String mbox, int max) throws IOException {
    var found = new ArrayList<String>();
    MboxMails.each(new ByteArrayInputStream(mbox.getBytes(StandardCharsets.UTF_8)), max, (_, mail) -> found.add(mail == null ? null : new String(mail, StandardCharsets.UTF_8)));
    return found;
  }

  @Test
  void mailsStandOneAfterTheOther() throws IOException {
    assertThat(mails("From a@b Sat Jan  1 00:00:00 2026\nSubject: One\n\nText\n\nFrom a@b Sat Jan  1 00:00:00 2026\nSubject: Two\n\nText\n", 1000))
        .containsExactly("Subject: One\n\nText\n", "Subject: Two\n\nText\n");
  }

  @Test
  void aLineOfTheTextThatBeginsSoIsNoMail() throws IOException {
    assertThat(mails("From a@b x\nSubject: One\n\n>From here\n>>From there\nFrom inside a paragraph\n", 1000))
        .containsExactly("Subject: One\n\nFrom here\n>From there\nFrom inside a paragraph\n");
  }

  @Test
  void aMailThatIsTooLongIsPassedOver() throws IOException {
    assertThat(mails("From a@b x\nSubject: One\n\n" + "x".repeat(500) + "\n\nFrom a@b x\nSubject: Two\n\n", 100)).containsExactly(null, "Subject: Two\n");
  }

  @Test
  void whatIsNoMboxHasNoMails() throws IOException {
    assertThat(mails("", 100)).isEmpty();
    assertThat(mails("{\"tickets\":[]}", 100)).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAgainByteForByte() throws IOException {
    var one = "Subject: One\r\n\r\nFrom the beginning\r\n>From\r\n\r\nFrom after a blank line\r\n";
    var two = "Subject: Two\r\n\r\nEnd\r\n";
    var out = new ByteArrayOutputStream();
    for (var mail : List.of(one, two)) {
      MboxMails.write(out, "anna@customer.example", Instant.parse("2026-01-01T12:00:00Z"), new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
    }

    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("From anna@customer.example Thu Jan 1 12:00:00 2026\n").contains("\n>From the beginning\r\n");
    assertThat(mails(out.toString(StandardCharsets.UTF_8), 10_000)).containsExactly(one, two);
  }
}
