package dev.posthorn.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailComposer;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.support.TinyDns;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Our signatures, as others check them.
class DkimSealTest {
  private static final SigningKey KEY = SigningKey.fresh();

  private final TinyDns dns = new TinyDns().txt(SendingDomain.recordName(KEY.selector(), "acme.example"), SendingDomain.record(KEY.publicKey()));

  @AfterEach
  void stop() {
    dns.close();
  }

  private static RawMail signed(String text) {
    var draft = new Draft(new Address("Acme Hilfe für alle", "support@acme.example"), List.of(new Address("", "anna@customer.example")), List.of(),
        Optional.of(Address.of("support+r@in.posthorn.example")), "Grüße", MessageId.fresh("acme.example"), Optional.of(new MessageId("one@customer.example")),
        List.of(new MessageId("zero@customer.example"), new MessageId("one@customer.example")), Instant.ofEpochSecond(1_790_000_000), text, Optional.empty(),
        List.of(), List.of(), List.of());
    try (var mail = MailComposer.compose(draft)) {
      return DkimSeal.sign(mail, "acme.example", KEY.selector(), SigningKey.read(KEY.privateKey()), 1024);
    }
  }

  private DkimCheck.Outcome checked(byte[] mail) {
    var raw = RawMail.of(mail);
    var parsed = switch (new MailParser(MailLimits.DEFAULT).parse(raw)) {
      case Parsed.Readable(Mail readable) -> readable;
      case Parsed.Unreadable(String why) -> throw new AssertionError(why);
    };
    return new DkimCheck(new SigningKeys(new Lookup(TrustSettings.asking(dns))), 5).check(parsed, raw, _ -> true, Duration.ofSeconds(5));
  }

  private static byte[] bytes(RawMail mail) {
    try (mail) {
      return mail.head(Math.toIntExact(mail.size()));
    }
  }

  @Test
  void whoChecksItFindsTheDomain() {
    var mail = bytes(signed("Guten Tag,\n\n es geht wieder.  \n\n\n"));

    assertThat(checked(mail).verdict()).isEqualTo(Verdict.PASS);
    assertThat(checked(mail).domains()).containsExactly("acme.example");
    assertThat(new String(mail, StandardCharsets.US_ASCII).lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(998));
  }

  @Test
  void anotherTextOrAnotherSenderBreaksIt() {
    var mail = new String(bytes(signed("Pay to account 1.")), StandardCharsets.US_ASCII);

    assertThat(checked(mail.replace("account 1", "account 2").getBytes(StandardCharsets.US_ASCII)).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(checked(mail.replace("Subject: ", "Subject: Not ").getBytes(StandardCharsets.US_ASCII)).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(checked(("From: boss@acme.example\r\n" + mail).getBytes(StandardCharsets.US_ASCII)).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void keysAreOfTheirOwnAndNeverShow() {
    var other = SigningKey.fresh();

    assertThat(List.of(other.selector(), other.publicKey())).doesNotContainAnyElementsOf(Arrays.asList(KEY.selector(), KEY.publicKey()));
    assertThat(other.toString()).doesNotContain(other.privateKey().reveal());
    assertThat(SigningKey.read(other.privateKey()).getAlgorithm()).isEqualTo("RSA");
  }
}
