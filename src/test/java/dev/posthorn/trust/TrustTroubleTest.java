package dev.posthorn.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.DkimKey;
import dev.posthorn.support.TinyDns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Name servers that are slow, silent or broken: what is not known is said, nobody else is kept waiting, and no forger hides behind it.
class TrustTroubleTest {
  private final TinyDns dns = Acme.dns();
  private Judge judge = new Judge(TrustSettings.asking(dns));

  @AfterEach
  void close() {
    judge.close();
    dns.close();
  }

  @Test
  void troubleOfTheDnsIsAResult() {
    dns.silentAbout("acme.example").brokenAbout(Acme.KEY.name());

    var found = judge.bySmtp(Acme.KEY.sign(Acme.mail("anna@acme.example")), "198.51.100.7", "anna@acme.example");

    assertThat(found.spf()).isEqualTo(Verdict.TEMPERROR);
    assertThat(found.dkim()).isEqualTo(Verdict.TEMPERROR);
    assertThat(found.dmarc()).isEqualTo(Verdict.TEMPERROR);
    assertThat(found.isForged()).isFalse();
    assertThat(found.senderVerified()).isFalse();
  }

  @Test
  void aResolverThatDoesNotAnswerIsLeftAloneForAWhile() {
    judge.close();
    judge = new Judge(TrustSettings.of(true, Optional.of(List.of(dns.silent().address())), Duration.ofMillis(200), Duration.ofSeconds(20), 5, Optional.empty(), Optional.empty()));
    assertThat(judge.bySmtp(Acme.mail("anna@acme.example"), "198.51.100.7", "anna@acme.example").dmarc()).isEqualTo(Verdict.TEMPERROR);

    assertThat(judge.bySmtp(Acme.mail("bob@bank.example"), "198.51.100.7", "bob@bank.example").dmarc()).isEqualTo(Verdict.TEMPERROR);

    assertThat(dns.asked()).noneMatch(name -> name.contains("bank.example"));
  }

  @Test
  void aSilentDomainDoesNotEndTheChecksOfOthers() { // P-56
    judge.close();
    judge = new Judge(TrustSettings.of(true, Optional.of(List.of(dns.address())), Duration.ofMillis(500), Duration.ofSeconds(20), 5, Optional.empty(), Optional.empty()));
    dns.silentAbout("mallory.example").silentAbout("_dmarc.mallory.example");
    for (int i = 0; i < 3; i++) {
      judge.bySmtp(Acme.mail("me@mallory.example"), "192.0.2.66", "me@mallory.example");
    }

    assertThat(judge.bySmtp(Acme.mail("ceo@acme.example"), "192.0.2.66", "ceo@acme.example").dmarc()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aForgersOwnSilentDomainsDoNotHideHim() { // P-56
    var slow = DkimKey.of("slow.example", 2048);
    dns.silentAbout("slow.example").silentAbout(slow.name());
    var forged = Acme.mail("ceo@acme.example");

    var byReturnPath = judge.bySmtp(forged, "192.0.2.66", "me@slow.example");
    var bySignature = judge.bySmtp(slow.sign(forged), "192.0.2.66", "me@elsewhere.example");

    assertThat(byReturnPath.spf()).isEqualTo(Verdict.TEMPERROR);
    assertThat(bySignature.dkim()).isEqualTo(Verdict.TEMPERROR);
    assertThat(List.of(byReturnPath.dmarc(), bySignature.dmarc())).containsOnly(Verdict.FAIL);
  }

  @Test
  void aDomainThatIsSlowerThanOurPatienceDoesNotEndTheChecksOfOthers() { // P-56
    judge.close();
    judge = new Judge(TrustSettings.of(true, Optional.of(List.of(dns.address())), Duration.ofSeconds(30), Duration.ofSeconds(4), 5, Optional.empty(), Optional.empty()));
    dns.silentAbout("slow.example");

    for (int i = 0; i < 2; i++) {
      assertThat(judge.bySmtp(Acme.mail("ceo@acme.example"), "192.0.2.66", "me@slow.example").dmarc()).isEqualTo(Verdict.FAIL);
    }
  }

  @Test
  void whatIsNotDoneInTimeIsATemporaryError() {
    judge.close();
    judge = new Judge(TrustSettings.of(true, Optional.of(List.of(dns.address())), Duration.ofSeconds(30), Duration.ofMillis(200), 5, Optional.empty(), Optional.empty()));
    dns.silentAbout("acme.example").silentAbout("_dmarc.acme.example");

    assertThat(judge.bySmtp(Acme.mail("anna@acme.example"), "198.51.100.7", "anna@acme.example")).isEqualTo(Authentication.TROUBLE);
  }
}
