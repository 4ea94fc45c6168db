package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Thousands of mails broken by [MailMutator], always the same ones (P-37, P-40): each is answered, within its limits, and
/// loses nothing. Longer, with another seed: `./mvnw test -Pfuzz -Dposthorn.fuzz.mails=100000 -Dposthorn.fuzz.seed=42`. A
/// mail that fails is written to `target/fuzz`, to become one of `src/test/resources/mail`.
class MailParserFuzzTest {
  private static final int MAILS = Integer.getInteger("posthorn.fuzz.mails", 3_000);
  private static final long SEED = Long.getLong("posthorn.fuzz.seed", 20_261_122L);
  private static final Path FOUND = Path.of("target/fuzz");

  /// Small enough for broken mails to reach each of them.
  private static final MailLimits LIMITS = new MailLimits(200, 20, 100, 4_000, 40_000, 200_000, 600_000, 100_000, 50_000, Duration.ofMinutes(1));

  @Test
  void everyBrokenMailIsAnsweredWithinItsLimits() throws IOException {
    MailMutator mutator = new MailMutator(corpus(), SEED);
    MailParser parser = new MailParser(LIMITS);
    int readable = 0;
    for (int number = 0; number < MAILS; number++) {
      byte[] mail = mutator.next();
      try {
        readable += check(parser, mail);
      } catch (Throwable e) {
        Files.createDirectories(FOUND);
        Path file = FOUND.resolve("seed-" + SEED + "-mail-" + number + ".eml");
        Files.write(file, mail);
        fail("mail " + number + " of seed " + SEED + ", written to " + file, e);
      }
    }
    assertThat(readable).as("mails that are still mails").isGreaterThan(MAILS * 9 / 10);
  }

  /// @return 1 if the mail is readable
  private static int check(MailParser parser, byte[] bytes) {
    Sha256 before = Sha256.digest(bytes);
    try (RawMail raw = RawMail.of(bytes); Parsed parsed = parser.parse(raw)) {
      int readable = switch (parsed) {
        case Parsed.Unreadable(String why) -> {
          // Nothing in a mail may surprise the parser: what it does not expect, it says by the name of an exception.
          assertThat(why).doesNotContain("Exception", "Error");
          yield 0;
        }
        case Parsed.Readable(Mail mail) -> {
          checkBounds(mail, bytes);
          yield 1;
        }
      };
      assertThat(raw.sha256()).isEqualTo(before);
      assertThat(Sha256.digest(bytes)).isEqualTo(before);
      return readable;
    }
  }

  private static void checkBounds(Mail mail, byte[] bytes) {
    assertThat(mail.attachments()).hasSizeLessThanOrEqualTo(LIMITS.parts() + 1);
    assertThat(mail.headers()).hasSizeLessThanOrEqualTo(LIMITS.headers());
    assertThat(mail.subject()).hasSizeLessThanOrEqualTo(1_000);
    assertThat(mail.text()).hasSizeLessThanOrEqualTo(8 * LIMITS.textBytes());
    checkText(mail.subject());
    checkText(mail.text());
    mail.html().ifPresent(MailParserFuzzTest::checkText);
    mail.headers().forEach(h -> checkText(h.value()));
    long sum = 0;
    for (Attachment attachment : mail.attachments()) {
      checkText(attachment.name());
      assertThat(attachment.name()).isNotEmpty().doesNotContain("/", "\\", "\n");
      assertThat(attachment.path()).matches("\\d+([./]\\d+)*");
      checkBytes(attachment);
      sum += attachment.path().equals("0") ? 0 : attachment.size();
    }
    assertThat(sum).isLessThanOrEqualTo(LIMITS.totalBytes() + 2 * LIMITS.partBytes() + LIMITS.textBytes() + bytes.length);
    assertThat(mail.attachments()).extracting(Attachment::path).doesNotHaveDuplicates();
  }

  /// What a database can hold: no NUL, no half of a surrogate pair.
  private static void checkText(String text) {
    assertThat(CleanText.of(text)).isSameAs(text);
  }

  private static void checkBytes(Attachment attachment) {
    try (InputStream in = attachment.open()) {
      assertThat(Sha256.digest(in.readAllBytes())).isEqualTo(attachment.sha256());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<byte[]> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/mail"))) {
      return files.filter(f -> f.toString().endsWith(".eml")).sorted().map(MailParserFuzzTest::bytes).toList();
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
