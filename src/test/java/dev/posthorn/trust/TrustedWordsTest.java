package dev.posthorn.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TinyDns;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What servers wrote into a mail of their own checks (RFC 8601): whose words count, and which of them.
class TrustedWordsTest {
  private final TinyDns dns = Acme.dns();
  private final Judge judge = new Judge(TrustSettings.of(true, Optional.of(List.of(dns.address())), Duration.ofSeconds(3), Duration.ofSeconds(60), 5,
      Optional.of(List.of("mx.google.com", "-")), Optional.of(List.of("192.0.2.0/28"))));

  @AfterEach
  void close() {
    judge.close();
    dns.close();
  }

  @Test
  void whatAStrangerWritesIntoTheMailIsNotBelieved() { // P-56
    var lie = SampleMail.from("ceo@acme.example").header("Authentication-Results", "mx.google.com; dmarc=pass header.from=acme.example").bytes();

    assertThat(judge.bySmtp(lie, "192.0.2.66", "ceo@acme.example").senderVerified()).isFalse();
  }

  @Test
  void ourOwnRelaysWordsAreBelieved() {
    var mail = SampleMail.from("anna@acme.example").header("Authentication-Results", "mx.google.com; dmarc=pass header.from=acme.example; arc=pass").bytes();

    var found = judge.bySmtp(mail, "192.0.2.5", "anna@acme.example");

    assertThat(found.senderVerified()).isTrue();
    assertThat(found.arc()).isEqualTo(Verdict.PASS);
    assertThat(found.by()).isEqualTo("mx.google.com");
  }

  @Test
  void aFetchedMailIsJudgedByItsServersWords() {
    var mail = """
        Authentication-Results: mx.google.com;\r
               dkim=pass (good; key) header.i=@acme.example header.s=key1 header.b="a;b";\r
               spf=softfail (google.com: domain of transitioning a@acme.example) smtp.mailfrom=a@acme.example;\r
               dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=acme.example\r
        Authentication-Results: evil.example; dmarc=fail header.from=acme.example\r
        From: anna@acme.example\r
        \r
        Hello.\r
        """.getBytes(StandardCharsets.UTF_8);

    var found = judge.fetched(mail);

    assertThat(found).isEqualTo(new Authentication(Verdict.SOFTFAIL, Verdict.PASS, Verdict.PASS, Verdict.NONE, "acme.example",
        List.of("acme.example"), null, "mx.google.com", null, true));
    assertThat(dns.asked()).isEmpty();
  }

  @Test
  void exchangeOnlineGivesNoName() {
    var mail = SampleMail.from("anna@acme.example").header("Authentication-Results",
        "spf=pass (sender IP is 198.51.100.7) smtp.mailfrom=acme.example; dkim=none (message not signed) header.d=none;dmarc=pass action=none header.from=acme.example;compauth=pass reason=100").bytes();

    assertThat(judge.fetched(mail).senderVerified()).isTrue();
  }

  @Test
  void onlyTheTopmostFieldOfATrustedServerCounts() { // P-56
    var below = ("Authentication-Results: other.example; dmarc=fail\r\nAuthentication-Results: mx.google.com; dmarc=pass header.from=acme.example\r\n"
        + "From: ceo@acme.example\r\n\r\nHello.\r\n").getBytes(StandardCharsets.UTF_8);
    var otherSender = SampleMail.from("ceo@acme.example").header("Authentication-Results", "mx.google.com; dmarc=pass header.from=mallory.example").bytes();
    var comment = SampleMail.from("ceo@acme.example").header("Authentication-Results", "mx.google.com; dmarc=fail (dmarc=pass header.from=acme.example)").bytes();

    assertThat(judge.fetched(below)).isEqualTo(Authentication.NONE);
    assertThat(judge.fetched(otherSender).senderVerified()).isFalse();
    assertThat(judge.fetched(comment).dmarc()).isEqualTo(Verdict.FAIL);
  }
}
