package dev.posthorn.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.support.DkimKey;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TinyDns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Real signatures, real questions to a real name server; only the world is small.
class TrustTest {
  private static DkimKey key;

  private final TinyDns dns = new TinyDns();
  private Trust trust;

  @BeforeAll
  static void key() {
    key = DkimKey.of("acme.example", 2048);
  }

  @BeforeEach
  void open() {
    trust = trust(TrustSettings.of(true, Optional.of(List.of(dns.address())), Duration.ofSeconds(3), Duration.ofSeconds(60), 5,
        Optional.of(List.of("mx.google.com", "-")), Optional.of(List.of("192.0.2.0/28"))));
    dns.txt("acme.example", "v=spf1 ip4:198.51.100.7 include:_spf.relay.example -all").txt("_spf.relay.example", "v=spf1 ip4:203.0.113.0/24 -all")
        .txt(key.name(), key.record()).txt("_dmarc.acme.example", "v=DMARC1; p=reject; sp=quarantine; adkim=r");
  }

  @AfterEach
  void close() {
    trust.stop();
    dns.close();
  }

  private static Trust trust(TrustConfig config) {
    return new Trust(config, new SimpleMeterRegistry());
  }

  private static byte[] mail(String from) {
    return SampleMail.from(from).to("support@posthorn.example").subject("Help").bytes();
  }

  private Authentication bySmtp(byte[] mail, String client, String mailFrom) {
    return asked(mail, Optional.of(new Trust.Envelope(client, "mail.acme.example", mailFrom)));
  }

  private Authentication fetched(byte[] mail) {
    return asked(mail, Optional.empty());
  }

  private Authentication asked(byte[] bytes, Optional<Trust.Envelope> envelope) {
    try (var raw = RawMail.of(bytes); var parsed = new MailParser(MailLimits.DEFAULT).parse(raw)) {
      return switch (parsed) {
        case Parsed.Readable(Mail mail) -> trust.of(List.of(new Trust.Question(mail, raw, envelope))).getFirst();
        case Parsed.Unreadable(String why) -> throw new AssertionError(why);
      };
    }
  }

  @Test
  void aSignedMailIsVerifiedWhoeverBringsIt() {
    var found = bySmtp(key.sign(mail("anna@acme.example")), "192.0.2.99", "bounce@forwarder.example");

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
      var found = bySmtp(mail("anna@acme.example"), client, "anna@acme.example");

      assertThat(found.spf()).isEqualTo(Verdict.PASS);
      assertThat(found.spfDomain()).isEqualTo("acme.example");
      assertThat(found.dmarc()).isEqualTo(Verdict.PASS);
      assertThat(found.senderVerified()).isTrue();
    }
  }

  @Test
  void aForgedSenderIsKnown() { // P-56
    var found = bySmtp(mail("ceo@acme.example"), "192.0.2.66", "ceo@acme.example");

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

    var found = bySmtp(mallory.sign(mail("ceo@acme.example")), "192.0.2.66", "me@mallory.example");

    assertThat(found.spf()).isEqualTo(Verdict.PASS);
    assertThat(found.dkim()).isEqualTo(Verdict.PASS);
    assertThat(found.dmarc()).isEqualTo(Verdict.FAIL);
    assertThat(found.senderVerified()).isFalse();
  }

  @Test
  void aChangedMailIsNotBelieved() {
    var changed = new String(key.sign(mail("anna@acme.example")), StandardCharsets.UTF_8).replace("it does not work", "pay here").getBytes(StandardCharsets.UTF_8);

    var found = bySmtp(changed, "192.0.2.66", "x@elsewhere.example");

    assertThat(found.dkim()).isEqualTo(Verdict.FAIL);
    assertThat(found.dmarc()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aSignatureOfAPartOfTheBodyIsNotEnough() { // RFC 6376, section 8.2
    var found = bySmtp(key.sign(mail("anna@acme.example"), " l=5;"), "192.0.2.66", "x@elsewhere.example");

    assertThat(found.dkim()).isEqualTo(Verdict.POLICY);
    assertThat(found.senderVerified()).isFalse();
  }

  @Test
  void aShortKeyProvesNothing() { // RFC 8301, section 3.2
    var weak = DkimKey.of("weak.example", 768);
    dns.txt(weak.name(), weak.record()).txt("_dmarc.weak.example", "v=DMARC1; p=none");

    assertThat(bySmtp(weak.sign(mail("anna@weak.example")), "192.0.2.66", "x@elsewhere.example").dkim()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aSubdomainIsOfTheOrganisation() {
    var found = bySmtp(key.sign(mail("anna@shop.acme.example")), "192.0.2.66", "x@elsewhere.example");

    assertThat(found.dmarc()).isEqualTo(Verdict.PASS);
    assertThat(found.dmarcPolicy()).isEqualTo("quarantine");
  }

  @Test
  void troubleOfTheDnsIsAResult() {
    dns.silentAbout("acme.example").brokenAbout(key.name());

    var found = bySmtp(key.sign(mail("anna@acme.example")), "198.51.100.7", "anna@acme.example");

    assertThat(found.spf()).isEqualTo(Verdict.TEMPERROR);
    assertThat(found.dkim()).isEqualTo(Verdict.TEMPERROR);
    assertThat(found.dmarc()).isEqualTo(Verdict.TEMPERROR);
    assertThat(found.isForged()).isFalse();
    assertThat(found.senderVerified()).isFalse();
  }

  @Test
  void aResolverThatDoesNotAnswerIsLeftAloneForAWhile() {
    trust.stop();
    trust = trust(TrustSettings.of(true, Optional.of(List.of(dns.silent().address())), Duration.ofMillis(200), Duration.ofSeconds(20), 5, Optional.empty(), Optional.empty()));
    assertThat(bySmtp(mail("anna@acme.example"), "198.51.100.7", "anna@acme.example").dmarc()).isEqualTo(Verdict.TEMPERROR);

    assertThat(bySmtp(mail("bob@bank.example"), "198.51.100.7", "bob@bank.example").dmarc()).isEqualTo(Verdict.TEMPERROR);

    assertThat(dns.asked()).noneMatch(name -> name.contains("bank.example"));
  }

  @Test
  void aSilentDomainDoesNotEndTheChecksOfOthers() { // P-56
    trust.stop();
    trust = trust(TrustSettings.of(true, Optional.of(List.of(dns.address())), Duration.ofMillis(500), Duration.ofSeconds(20), 5, Optional.empty(), Optional.empty()));
    dns.silentAbout("mallory.example").silentAbout("_dmarc.mallory.example");
    for (int i = 0; i < 3; i++) {
      bySmtp(mail("me@mallory.example"), "192.0.2.66", "me@mallory.example");
    }

    assertThat(bySmtp(mail("ceo@acme.example"), "192.0.2.66", "ceo@acme.example").dmarc()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aForgersOwnSilentDomainsDoNotHideHim() { // P-56
    var slow = DkimKey.of("slow.example", 2048);
    dns.silentAbout("slow.example").silentAbout(slow.name());
    var forged = mail("ceo@acme.example");

    var byReturnPath = bySmtp(forged, "192.0.2.66", "me@slow.example");
    var bySignature = bySmtp(slow.sign(forged), "192.0.2.66", "me@elsewhere.example");

    assertThat(byReturnPath.spf()).isEqualTo(Verdict.TEMPERROR);
    assertThat(bySignature.dkim()).isEqualTo(Verdict.TEMPERROR);
    assertThat(List.of(byReturnPath.dmarc(), bySignature.dmarc())).containsOnly(Verdict.FAIL);
  }

  @Test
  void nonsenseInASignatureProvesNothingAndHidesNothing() { // P-56
    for (var field : List.of("nonsense", "v=1; a=rsa-sha256; d=acme.example; s=key1; h=from; bh=; b=", "v=1; a=;;;=", "v=1; d=..; s=..; h=from; a=rsa-sha256; bh=AA; b=AA; l=-9")) {
      var mail = ("DKIM-Signature: " + field + "\r\n" + new String(mail("ceo@acme.example"), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);

      assertThat(bySmtp(mail, "192.0.2.66", "me@elsewhere.example").dmarc()).as(field).isEqualTo(Verdict.FAIL);
    }
  }

  @Test
  void aDomainThatIsSlowerThanOurPatienceDoesNotEndTheChecksOfOthers() { // P-56
    trust.stop();
    trust = trust(TrustSettings.of(true, Optional.of(List.of(dns.address())), Duration.ofSeconds(30), Duration.ofSeconds(4), 5, Optional.empty(), Optional.empty()));
    dns.silentAbout("slow.example");

    for (int i = 0; i < 2; i++) {
      assertThat(bySmtp(mail("ceo@acme.example"), "192.0.2.66", "me@slow.example").dmarc()).isEqualTo(Verdict.FAIL);
    }
  }

  @Test
  void whatIsNotDoneInTimeIsATemporaryError() {
    trust.stop();
    trust = trust(TrustSettings.of(true, Optional.of(List.of(dns.address())), Duration.ofSeconds(30), Duration.ofMillis(200), 5, Optional.empty(), Optional.empty()));
    dns.silentAbout("acme.example").silentAbout("_dmarc.acme.example");

    assertThat(bySmtp(mail("anna@acme.example"), "198.51.100.7", "anna@acme.example")).isEqualTo(Authentication.TROUBLE);
  }

  @Test
  void twoSendersInOneMailProveNobody() { // RFC 7489, section 6.6.1
    var two = new String(mail("ceo@acme.example, anna@acme.example"), StandardCharsets.UTF_8);
    var twice = "From: mallory@mallory.example\r\n" + new String(mail("ceo@acme.example"), StandardCharsets.UTF_8);

    for (var mail : List.of(two, twice)) {
      var found = bySmtp(mail.getBytes(StandardCharsets.UTF_8), "198.51.100.7", "ceo@acme.example");
      assertThat(found.dmarc()).isEqualTo(Verdict.PERMERROR);
      assertThat(found.senderVerified()).isFalse();
    }
  }

  @Test
  void whatAStrangerWritesIntoTheMailIsNotBelieved() { // P-56
    var lie = SampleMail.from("ceo@acme.example").header("Authentication-Results", "mx.google.com; dmarc=pass header.from=acme.example").bytes();

    assertThat(bySmtp(lie, "192.0.2.66", "ceo@acme.example").senderVerified()).isFalse();
  }

  @Test
  void ourOwnRelaysWordsAreBelieved() {
    var mail = SampleMail.from("anna@acme.example").header("Authentication-Results", "mx.google.com; dmarc=pass header.from=acme.example; arc=pass").bytes();

    var found = bySmtp(mail, "192.0.2.5", "anna@acme.example");

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

    var found = fetched(mail);

    assertThat(found).isEqualTo(new Authentication(Verdict.SOFTFAIL, Verdict.PASS, Verdict.PASS, Verdict.NONE, "acme.example",
        List.of("acme.example"), null, "mx.google.com", null, true));
    assertThat(dns.asked()).isEmpty();
  }

  @Test
  void exchangeOnlineGivesNoName() {
    var mail = SampleMail.from("anna@acme.example").header("Authentication-Results",
        "spf=pass (sender IP is 198.51.100.7) smtp.mailfrom=acme.example; dkim=none (message not signed) header.d=none;dmarc=pass action=none header.from=acme.example;compauth=pass reason=100").bytes();

    assertThat(fetched(mail).senderVerified()).isTrue();
  }

  @Test
  void onlyTheTopmostFieldOfATrustedServerCounts() { // P-56
    var below = ("Authentication-Results: other.example; dmarc=fail\r\nAuthentication-Results: mx.google.com; dmarc=pass header.from=acme.example\r\n"
        + "From: ceo@acme.example\r\n\r\nHello.\r\n").getBytes(StandardCharsets.UTF_8);
    var otherSender = SampleMail.from("ceo@acme.example").header("Authentication-Results", "mx.google.com; dmarc=pass header.from=mallory.example").bytes();
    var comment = SampleMail.from("ceo@acme.example").header("Authentication-Results", "mx.google.com; dmarc=fail (dmarc=pass header.from=acme.example)").bytes();

    assertThat(fetched(below)).isEqualTo(Authentication.NONE);
    assertThat(fetched(otherSender).senderVerified()).isFalse();
    assertThat(fetched(comment).dmarc()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void thirtySignaturesAreNotLookedAt() {
    var mail = mail("anna@acme.example");
    for (int i = 0; i < 30; i++) {
      mail = ("DKIM-Signature: v=1; d=x" + i + ".example; s=k\r\n" + new String(mail, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    assertThat(bySmtp(mail, "198.51.100.7", "anna@acme.example").dkim()).isEqualTo(Verdict.POLICY);
    assertThat(dns.asked()).noneMatch(name -> name.contains("_domainkey"));
  }

  @Test
  void aWrongSettingStopsTheStart() {
    assertThatThrownBy(() -> trust(TrustSettings.of(true, Optional.empty(), Duration.ofSeconds(1), Duration.ofSeconds(1), 5, Optional.empty(), Optional.of(List.of("nonsense")))))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("posthorn.trust");
  }
}
