package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// Reads mails that are made to be too much. The time limit only tells an end from none; each takes a fraction of it.
final class Ends {
  static final Duration ENDS = Duration.ofSeconds(60);

  private Ends() {}

  static void read(byte[] mail, Consumer<Mail> check) {
    read(mail, MailLimits.DEFAULT, check);
  }

  static void read(byte[] mail, MailLimits limits, Consumer<Mail> check) {
    assertTimeoutPreemptively(ENDS, () -> {
      try (RawMail raw = RawMail.of(mail); Parsed parsed = new MailParser(limits).parse(raw)) {
        assertThat(parsed).isInstanceOfSatisfying(Parsed.Readable.class, r -> check.accept(r.mail()));
      }
    });
  }

  static String text(Attachment attachment) {
    try (InputStream in = attachment.open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String mail) {
    return mail.getBytes(StandardCharsets.ISO_8859_1);
  }
}
