package dev.posthorn.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthorn.support.DkimKey;
import dev.posthorn.support.TinyDns;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real signatures, real questions to a real name server; only the world is small.
class TrustTest {
  private final TinyDns dns = Acme.dns();
  private final Judge judge = new Judge(TrustSettings.asking(dns));

  @AfterEach
  void close() {
    judge.close();
    dns.close();
  }

  @Test
  void aSignedMailIsVerifiedWhoeverBringsIt() {
    var found = judge.bySmtp(Acme.KEY.sign(Acme.mail("anna@acme.example")), "192.0.2.99", "bounce@forwarder.example");

    assertThat(found.dkim()).isEqualTo(Verdict.PASS);
    assertThat(found.dkimDomains()).containsExactly("acme.example");
    assertThat(found.spf()).isEqualTo(Verdict.NONE);
    assertThat(found.dmarc()).isEqualTo(Verdict.PASS);
    assertThat(found.dmarcPolicy()).isEqualTo("reject");
    assertThat(found.by()).isEqualTo("posthorn");
    assertThat(found.senderVerified()).isTrue();
  }

  @Test
  void aMailFromAnAllowedHostIsVerified() {
    for (var client : List.of("198.51.100.7", "203.0.113.50")) {
      var found = judge.bySmtp(Acme.mail("anna@acme.example"), client, "anna@acme.example");

      assertThat(found.spf()).isEqualTo(Verdict.PASS);
      assertThat(found.spfDomain()).isEqualTo("acme.example");
      assertThat(found.dmarc()).isEqualTo(Verdict.PASS);
      assertThat(found.senderVerified()).isTrue();
    }
  }

  @Test
  void aForgedSenderIsKnown() { // P-56
    var found = judge.bySmtp(Acme.mail("ceo@acme.example"), "192.0.2.66", "ceo@acme.example");

    assertThat(found.spf()).isEqualTo(Verdict.FAIL);
    assertThat(found.dkim()).isEqualTo(Verdict.NONE);
    assertThat(found.dmarc()).isEqualTo(Verdict.FAIL);
    assertThat(found.isForged()).isTrue();
    assertThat(found.senderVerified()).isFalse();
  }

  @Test
  void provingAnotherDomainProvesNothing() { // P-56
    var mallory = DkimKey.of("mallory.example", 2048);
    dns.txt(mallory.name(), mallory.record()).txt("mallory.example", "v=spf1 ip4:192.0.2.66 -all");

    var found = judge.bySmtp(mallory.sign(Acme.mail("ceo@acme.example")), "192.0.2.66", "me@mallory.example");

    assertThat(found.spf()).isEqualTo(Verdict.PASS);
    assertThat(found.dkim()).isEqualTo(Verdict.PASS);
    assertThat(found.dmarc()).isEqualTo(Verdict.FAIL);
    assertThat(found.senderVerified()).isFalse();
  }

  @Test
  void aChangedMailIsNotBelieved() {
    var changed = new String(Acme.KEY.sign(Acme.mail("anna@acme.example")), StandardCharsets.UTF_8).replace("it does not work", "pay here").getBytes(StandardCharsets.UTF_8);

    var found = judge.bySmtp(changed, "192.0.2.66", "x@elsewhere.example");

    assertThat(found.dkim()).isEqualTo(Verdict.FAIL);
    assertThat(found.dmarc()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aSignatureOfAPartOfTheBodyIsNotEnough() { // RFC 6376, section 8.2
    var found = judge.bySmtp(Acme.KEY.sign(Acme.mail("anna@acme.example"), " l=5;"), "192.0.2.66", "x@elsewhere.example");

    assertThat(found.dkim()).isEqualTo(Verdict.POLICY);
    assertThat(found.senderVerified()).isFalse();
  }

  @Test
  void aShortKeyProvesNothing() { // RFC 8301, section 3.2
    var weak = DkimKey.of("weak.example", 768);
    dns.txt(weak.name(), weak.record()).txt("_dmarc.weak.example", "v=DMARC1; p=none");

    assertThat(judge.bySmtp(weak.sign(Acme.mail("anna@weak.example")), "192.0.2.66", "x@elsewhere.example").dkim()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aSubdomainIsOfTheOrganisation() {
    var found = judge.bySmtp(Acme.KEY.sign(Acme.mail("anna@shop.acme.example")), "192.0.2.66", "x@elsewhere.example");

    assertThat(found.dmarc()).isEqualTo(Verdict.PASS);
    assertThat(found.dmarcPolicy()).isEqualTo("quarantine");
  }

  @Test
  void nonsenseInASignatureProvesNothingAndHidesNothing() { // P-56
    for (var field : List.of("nonsense", "v=1; a=rsa-sha256; d=acme.example; s=key1; h=from; bh=; b=", "v=1; a=;;;=", "v=1; d=..; s=..; h=from; a=rsa-sha256; bh=AA; b=AA; l=-9")) {
      var mail = ("DKIM-Signature: " + field + "\r\n" + new String(Acme.mail("ceo@acme.example"), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);

      assertThat(judge.bySmtp(mail, "192.0.2.66", "me@elsewhere.example").dmarc()).as(field).isEqualTo(Verdict.FAIL);
    }
  }

  @Test
  void twoSendersInOneMailProveNobody() { // RFC 7489, section 6.6.1
    var two = new String(Acme.mail("ceo@acme.example, anna@acme.example"), StandardCharsets.UTF_8);
    var twice = "From: mallory@mallory.example\r\n" + new String(Acme.mail("ceo@acme.example"), StandardCharsets.UTF_8);

    for (var mail : List.of(two, twice)) {
      var found = judge.bySmtp(mail.getBytes(StandardCharsets.UTF_8), "198.51.100.7", "ceo@acme.example");
      assertThat(found.dmarc()).isEqualTo(Verdict.PERMERROR);
      assertThat(found.senderVerified()).isFalse();
    }
  }

  @Test
  void thirtySignaturesAreNotLookedAt() {
    var mail = Acme.mail("anna@acme.example");
    for (int i = 0; i < 30; i++) {
      mail = ("DKIM-Signature: v=1; d=x" + i + ".example; s=k\r\n" + new String(mail, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    assertThat(judge.bySmtp(mail, "198.51.100.7", "anna@acme.example").dkim()).isEqualTo(Verdict.POLICY);
    assertThat(dns.asked()).noneMatch(name -> name.contains("_domainkey"));
  }

  @Test
  void aWrongSettingStopsTheStart() {
    assertThatThrownBy(() -> new Judge(TrustSettings.of(true, Optional.empty(), Duration.ofSeconds(1), Duration.ofSeconds(1), 5, Optional.empty(), Optional.of(List.of("nonsense")))))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("posthorn.trust");
  }
}
