package dev.posthorn.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.ArcSealer;
import dev.posthorn.support.DkimKey;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TinyDns;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mail that was passed on and sealed: real chains, real questions to a real name server. The mail is of a domain that refuses
/// whoever is not its own, and comes from the forwarder's host.
class ArcTest {
  private static final String PASSED = "spf=pass smtp.mailfrom=acme.example; dmarc=pass (p=REJECT) header.from=acme.example";
  private static ArcSealer forwarder;
  private static ArcSealer list;

  private final TinyDns dns = new TinyDns();
  private Judge judge;

  @BeforeAll
  static void keys() {
    forwarder = new ArcSealer(DkimKey.of("forwarder.example", 2048));
    list = new ArcSealer(DkimKey.of("list.example", 2048));
  }

  @BeforeEach
  void open() {
    judge = new Judge(TrustSettings.asking(dns).sealers("Forwarder.example"));
    dns.txt("acme.example", "v=spf1 ip4:198.51.100.7 -all").txt("_dmarc.acme.example", "v=DMARC1; p=reject")
        .txt(forwarder.key().name(), forwarder.key().record()).txt(list.key().name(), list.key().record());
  }

  @AfterEach
  void close() {
    judge.close();
    dns.close();
  }

  private static byte[] mail() {
    return SampleMail.from("Anna <anna@acme.example>").to("support@posthorn.example").subject("Help  me").body("Two  blanks \nand lines at the end\n\n\n").bytes();
  }

  private Authentication found(byte[] mail) {
    return judge.bySmtp(mail, "192.0.2.99", "anna@acme.example");
  }

  private static byte[] with(byte[] mail, String from, String to) {
    var text = new String(mail, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    return text.replaceFirst(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void whoeverATrustedForwarderFoundToBeTheSenderIsTheSender() {
    var found = found(forwarder.passOn(mail(), PASSED, "none"));

    assertThat(found.arc()).isEqualTo(Verdict.PASS);
    assertThat(found.arcSealer()).isEqualTo("forwarder.example");
    assertThat(found.dmarc()).isEqualTo(Verdict.FAIL);
    assertThat(found.senderVerified()).isTrue();
    assertThat(found.isForged()).isFalse();
  }

  @Test
  void theSealOfAStrangerHoldsAndVouchesForNobody() {
    var found = found(list.passOn(mail(), PASSED, "none"));

    assertThat(found.arc()).isEqualTo(Verdict.PASS);
    assertThat(found.arcSealer()).isEqualTo("list.example");
    assertThat(found.senderVerified()).isFalse();
    assertThat(found.isForged()).isTrue();
  }

  @Test
  void aChainOfTwoHoldsAndTheLastCounts() {
    var twice = forwarder.passOn(list.passOn(mail(), PASSED, "none"), "dmarc=pass header.from=acme.example", "pass");
    assertThat(found(twice)).returns(Verdict.PASS, Authentication::arc).returns(true, Authentication::senderVerified);

    var strangerLast = list.passOn(forwarder.passOn(mail(), PASSED, "none"), PASSED, "pass");
    assertThat(found(strangerLast)).returns(Verdict.PASS, Authentication::arc).returns(false, Authentication::senderVerified);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dmarc=fail header.from=acme.example", "dmarc=pass header.from=other.example", "spf=pass; dkim=pass header.d=acme.example",
      "dmarc=pass", "dmarc=pass header.from=acme.example; dmarc=pass header.from=other.example", "x=\"; dmarc=pass header.from=acme.example\"",
      "(dmarc=pass header.from=acme.example)"})
  void aTrustedForwarderThatDidNotFindItVouchesForNobody(String results) {
    var found = found(forwarder.passOn(mail(), results, "none"));

    assertThat(found.arc()).isEqualTo(Verdict.PASS);
    assertThat(found.senderVerified()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"From: Anna|From: Bert", "blanks|words", "dmarc=pass|dmarc=fail", "cv=none|cv=pass", "cv=none|cv=fail", "i=1; mx|i=2; mx",
      "ARC-Seal: i=1|ARC-Seal: i=1; h=from", "bh=|l=10; bh=", "ARC-Message-Signature|X-Other", "a=rsa-sha256|a=rsa-sha1", "d=forwarder.example|d=other.example"})
  void whatWasChangedBreaksTheChain(String change) {
    var parts = change.split("\\|");
    var sealed = forwarder.passOn(mail(), PASSED, "none");

    assertThat(found(sealed).arc()).isEqualTo(Verdict.PASS);
    assertThat(found(with(sealed, parts[0], parts[1]))).returns(Verdict.FAIL, Authentication::arc).returns(null, Authentication::arcSealer)
        .returns(false, Authentication::senderVerified);
  }

  @Test
  void aSecondSenderIsProvenByNobody() {
    var two = with(forwarder.passOn(mail(), PASSED, "none"), "To: support", "From: ceo@acme.example\r\nTo: support");

    assertThat(found(two).senderVerified()).isFalse();
  }

  @Test
  void blanksAndFoldingOnTheWayBreakNothing() {
    assertThat(found(with(forwarder.passOn(mail(), PASSED, "none"), "Subject: Help  me", "Subject:   Help\r\n\tme")).arc()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aSetThatIsThereTwiceOrMissingIsNoChain() {
    var text = new String(forwarder.passOn(mail(), PASSED, "none"), StandardCharsets.ISO_8859_1);
    var seal = text.substring(0, text.indexOf("ARC-Message-Signature"));

    assertThat(found((seal + text).getBytes(StandardCharsets.ISO_8859_1)).arc()).isEqualTo(Verdict.FAIL);
    assertThat(found(text.substring(seal.length()).getBytes(StandardCharsets.ISO_8859_1)).arc()).isEqualTo(Verdict.FAIL);
    assertThat(found(with(text.getBytes(StandardCharsets.ISO_8859_1), "ARC-Seal: i=1", "ARC-Seal: i=0")).arc()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aLongChainIsNotLookedAt() {
    var mail = mail();
    for (int hop = 1; hop <= 4; hop++) {
      mail = forwarder.passOn(mail, PASSED, hop == 1 ? "none" : "pass");
    }

    assertThat(found(mail)).returns(Verdict.POLICY, Authentication::arc).returns(false, Authentication::senderVerified);
  }

  @Test
  void noChainIsNone() {
    assertThat(found(mail())).returns(Verdict.NONE, Authentication::arc).returns(null, Authentication::arcSealer);
  }

  @Test
  void aKeyThatIsGoneProvesNothing() {
    var sealed = new ArcSealer(DkimKey.of("gone.example", 2048)).passOn(mail(), PASSED, "none");

    assertThat(found(sealed)).returns(Verdict.FAIL, Authentication::arc).returns(false, Authentication::senderVerified);
  }
}
