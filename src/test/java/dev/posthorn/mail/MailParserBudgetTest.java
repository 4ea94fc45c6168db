package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Mails that are too much of something (P-36, P-37): read in bounded time and memory, nothing lost. The time limit only
/// tells an end from none; each takes a fraction of it.
class MailParserBudgetTest {
  private static final String HEAD = "From: anna@x.example\r\nSubject: Much\r\n";

  @Test
  void tenThousandPartsGiveThoseAllowedAndTheOriginal() {
    StringBuilder mail = new StringBuilder(HEAD).append("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
    for (int i = 0; i < 10_000; i++) {
      mail.append("--b\r\nContent-Type: application/pdf\r\n\r\n").append(i).append("\r\n");
    }
    byte[] bytes = Ends.bytes(mail.append("--b--\r\n").toString());

    Ends.read(bytes, parsed -> {
      assertThat(parsed.flaws()).containsExactly(Flaw.TOO_MANY_PARTS);
      assertThat(parsed.attachments()).hasSize(1 + MailLimits.DEFAULT.parts());
      assertThat(parsed.attachments().getFirst()).satisfies(a -> {
        assertThat(a.name()).isEqualTo("original.eml");
        assertThat(a.sha256()).isEqualTo(Sha256.digest(bytes));
      });
      assertThat(parsed.attachments().getLast().path()).isEqualTo("1000");
    });
  }

  @Test
  void multipartsAThousandDeepEndInOneOpaqueAttachment() {
    StringBuilder mail = new StringBuilder(HEAD).append("Content-Type: multipart/mixed; boundary=b1000\r\n\r\n");
    for (int i = 0; i < 1_000; i++) {
      mail.append("--b").append(1_000 + i).append("\r\nContent-Type: multipart/mixed; boundary=b").append(1_001 + i).append("\r\n\r\n");
    }
    mail.append("--b2000\r\n\r\nbottom\r\n");

    Ends.read(Ends.bytes(mail.toString()), parsed -> {
      assertThat(parsed.flaws()).contains(Flaw.TOO_DEEP);
      assertThat(parsed.attachments()).singleElement().satisfies(a -> {
        assertThat(a.contentType()).isEqualTo("multipart/mixed");
        assertThat(Ends.text(a)).contains("bottom");
      });
    });
  }

  @Test
  void attachedMailsAThousandDeepAreListedAsDeepAsAllowed() { // AT-12
    StringBuilder mail = new StringBuilder(HEAD);
    for (int i = 0; i < 1_000; i++) {
      mail.append("Content-Type: message/rfc822\r\n\r\nSubject: Level ").append(i).append("\r\n");
    }
    mail.append("\r\nbottom\r\n");

    Ends.read(Ends.bytes(mail.toString()), parsed -> {
      assertThat(parsed.flaws()).containsExactly(Flaw.TOO_DEEP);
      assertThat(parsed.attachments()).hasSize(MailLimits.DEFAULT.depth());
      assertThat(parsed.attachments().get(1)).satisfies(a -> {
        assertThat(a.name()).isEqualTo("Level 1.eml");
        assertThat(a.path()).isEqualTo("1/1");
      });
      assertThat(Ends.text(parsed.attachments().getLast())).contains("bottom");
    });
  }

  @Test
  void aLongChainOfLargeAttachedMailsIsNotStoredWithItsSquare() {
    MailLimits limits = new MailLimits(1_000, 50, 1_000, 64 << 10, 512 << 10, 8 << 20, 2 << 20, 1 << 20, 1 << 10, Ends.ENDS);
    StringBuilder mail = new StringBuilder(HEAD);
    for (int i = 0; i < 40; i++) {
      mail.append("Content-Type: message/rfc822\r\n\r\n");
    }
    mail.append("Content-Type: application/pdf\r\n\r\n").append("x".repeat(500_000));

    Ends.read(Ends.bytes(mail.toString()), limits, parsed -> {
      assertThat(parsed.flaws()).containsExactly(Flaw.TOO_MUCH_INSIDE);
      assertThat(parsed.attachments()).hasSizeBetween(2, 6);
    });
  }

  @Test
  void aHeaderOfTenMegabytesIsCutAndTheRestIsRead() {
    String mail = "Subject: " + "x".repeat(10 << 20) + "\r\nTo: b@x.example\r\nFrom: anna@x.example\r\n\r\nText\r\n";

    Ends.read(Ends.bytes(mail), parsed -> {
      assertThat(parsed.flaws()).containsExactly(Flaw.HEADER_CUT);
      assertThat(parsed.from()).contains(Address.of("anna@x.example"));
      assertThat(parsed.text()).isEqualTo("Text");
    });
  }

  @Test
  void aHeaderOfAMillionFieldsIsCutAndTheBodyIsRead() {
    Ends.read(Ends.bytes(HEAD + "X-Much: y\r\n".repeat(1_000_000) + "\r\nText\r\n"), parsed -> {
      assertThat(parsed.flaws()).containsExactly(Flaw.HEADER_CUT);
      assertThat(parsed.headers()).hasSize(MailLimits.DEFAULT.headers());
      assertThat(parsed.text()).isEqualTo("Text");
    });
  }

  @Test
  void aHeaderOfTenMegabytesWithoutEndIsRead() {
    Ends.read(Ends.bytes(HEAD + "X-Much: " + "y ".repeat(5 << 20)), parsed -> {
      assertThat(parsed.flaws()).containsExactly(Flaw.HEADER_CUT);
      assertThat(parsed.subject()).isEqualTo("Much");
      assertThat(parsed.text()).isEmpty();
    });
  }

  @Test
  void aPartHeaderOfTenMegabytesCostsThePartsAfterItButNotTheirBytes() {
    String mail = HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nText\r\n--b\r\nX-Much: "
        + "y".repeat(10 << 20) + "\r\n\r\nx\r\n--b--\r\n";

    Ends.read(Ends.bytes(mail), parsed -> {
      assertThat(parsed.flaws()).containsExactly(Flaw.DAMAGED_STRUCTURE);
      assertThat(parsed.text()).isEqualTo("Text");
      assertThat(parsed.attachments()).singleElement().extracting(Attachment::name).isEqualTo("original.eml");
    });
  }

  @Test
  void aTextOfTenMegabytesIsShownInPartAndAttachedWhole() {
    Ends.read(Ends.bytes(HEAD + "\r\n" + "All work and no play. ".repeat(500_000)), parsed -> {
      assertThat(parsed.flaws()).containsExactly(Flaw.TEXT_CUT);
      assertThat(parsed.text()).hasSizeLessThanOrEqualTo(MailLimits.DEFAULT.textBytes());
      assertThat(parsed.attachments()).singleElement().satisfies(a -> assertThat(a.size()).isEqualTo(11_000_000));
    });
  }

  @Test
  void aPartThatIsTooLargeIsInTheOriginalAlone() {
    MailLimits limits = new MailLimits(10, 10, 10, 1_000, 1_000, 1_000, 10_000, 1_000, 1_000, Ends.ENDS);
    String mail = HEAD + "Content-Type: application/pdf\r\n\r\n" + "x".repeat(2_000);

    Ends.read(Ends.bytes(mail), limits, parsed -> {
      assertThat(parsed.flaws()).containsExactly(Flaw.PART_TOO_LARGE);
      assertThat(parsed.attachments()).singleElement().extracting(Attachment::size).isEqualTo((long) mail.length());
    });
  }

  @Test
  void largeAttachmentsLieInAFileAndAreIdentical() {
    byte[] file = new byte[20 << 20];
    new Random(1).nextBytes(file);
    String mail = HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nText\r\n--b\r\n"
        + "Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(file) + "\r\n--b--\r\n";

    Ends.read(Ends.bytes(mail), parsed -> assertThat(parsed.attachments()).singleElement().satisfies(a -> {
      assertThat(a.sha256()).isEqualTo(Sha256.digest(file));
      try (InputStream in = a.open()) {
        assertThat(Sha256.digest(in.readAllBytes())).isEqualTo(Sha256.digest(file));
      }
    }));
  }

  @Test
  void boundariesThatBeginAlikeLoseNothing() {
    for (int padding = 0; padding < 200; padding++) {
      byte[] mail = Ends.bytes(HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "x".repeat(3_900 + padding)
          + "\r\n--b\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\nContent-Type: application/pdf\r\n\r\nfile"
          + "\r\n--b1--\r\n--b--\r\n");

      Ends.read(mail, parsed -> {
        assertThat(parsed.flaws()).contains(Flaw.AMBIGUOUS_BOUNDARY);
        assertThat(parsed.attachments()).extracting(Attachment::sha256).contains(Sha256.digest(mail));
      });
    }
  }

  @Test
  void attachmentsEndWithTheMail() {
    byte[] mail = Ends.bytes(HEAD + "Content-Type: application/pdf\r\n\r\n" + "x".repeat(2 << 20));
    RawMail raw = RawMail.of(mail);
    Parsed parsed = new MailParser(MailLimits.DEFAULT).parse(raw);
    Attachment attachment = ((Parsed.Readable) parsed).mail().attachments().getFirst();
    parsed.close();

    assertThatThrownBy(() -> attachment.open().read()).isInstanceOf(IOException.class);
  }
}
