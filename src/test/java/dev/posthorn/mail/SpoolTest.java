package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 101, 5_000, 300_000})
  void whatIsWrittenIsReadAgainFromMemoryOrFile(int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);

    try (RawMail mail = spooled(bytes)) {
      assertThat(mail.size()).isEqualTo(size);
      assertThat(mail.sha256()).isEqualTo(Sha256.digest(bytes));
      assertThat(mail.head(150)).isEqualTo(java.util.Arrays.copyOf(bytes, Math.min(size, 150)));
      try (InputStream first = mail.open(); InputStream second = mail.open()) {
        first.skipNBytes(size / 2);
        assertThat(second.readAllBytes()).isEqualTo(bytes);
        assertThat(first.readAllBytes()).hasSize(size - size / 2);
      }
    }
  }

  @Test
  void moreThanTheLimitIsRefused() throws IOException {
    try (Spool spool = new Spool(10, 5)) {
      spool.write(new byte[10]);

      assertThatThrownBy(() -> spool.write(1)).isInstanceOfSatisfying(Spool.TooLarge.class,
          e -> assertThat(e.maxBytes()).isEqualTo(10));
    }
  }

  @Test
  void aSpoolThatIsClosedIsThrownAway() throws IOException {
    Spool spool = new Spool(10, 5);
    spool.close();

    assertThatThrownBy(() -> spool.write(1)).isInstanceOf(IOException.class);
    assertThatThrownBy(spool::toRawMail).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingTheSpoolLeavesTheMailThatWasHandedOn() throws IOException {
    RawMail mail;
    try (Spool spool = new Spool(100, 5)) {
      spool.write("more than five".getBytes(StandardCharsets.US_ASCII));
      mail = spool.toRawMail();
    }
    try (mail) {
      assertThat(mail.open()).hasContent("more than five");
    }
  }

  @Test
  void aClosedMailGivesItsFileBack() {
    RawMail mail = spooled(new byte[1_000]);
    mail.close();

    assertThatThrownBy(() -> mail.open().read()).isInstanceOf(IOException.class);
  }

  @Test
  void theTextFormShowsNoContent() {
    assertThat(RawMail.of("Subject: secret".getBytes(StandardCharsets.US_ASCII)).toString()).doesNotContain("secret");
  }

  @Test
  void hashesAreReadAndWritten() {
    Sha256 empty = Sha256.digest(new byte[0]);

    assertThat(empty.hex()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Sha256.of(empty.bytes())).isEqualTo(empty);
    assertThat(Sha256.parse(empty.hex().toUpperCase(java.util.Locale.ROOT))).isEqualTo(empty);
    assertThatThrownBy(() -> Sha256.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sha256.parse("zz")).isInstanceOf(IllegalArgumentException.class);
  }

  private static RawMail spooled(byte[] bytes) {
    try (Spool spool = new Spool(1 << 20, 100)) {
      for (int at = 0; at < bytes.length; at += 37) {
        spool.write(bytes, at, Math.min(37, bytes.length - at));
      }
      return spool.toRawMail();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
