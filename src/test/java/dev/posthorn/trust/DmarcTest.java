package dev.posthorn.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmarcTest {
  @ParameterizedTest
  @CsvSource({"acme.example, acme.example", "shop.acme.example, acme.example", "a.b.acme.co.uk, acme.co.uk", "acme.co.uk, acme.co.uk",
      "anna.github.io, anna.github.io", "x.anna.github.io, anna.github.io", "ACME.EXAMPLE, acme.example", "city.kawasaki.jp, city.kawasaki.jp",
      "com, com", "xn--bcher-kva.example, xn--bcher-kva.example"})
  void theOrganisationIsOneLabelBelowThePublicSuffix(String domain, String organization) {
    assertThat(Alignment.organization(domain)).isEqualTo(organization);
  }

  @ParameterizedTest
  @CsvSource({"acme.example, acme.example, false, true", "acme.example, mail.acme.example, false, true", "mail.acme.example, acme.example, false, true",
      "acme.example, mail.acme.example, true, false", "acme.example, acme.example, true, true", "acme.example, notacme.example, false, false",
      "bob.github.io, anna.github.io, false, false", "a.co.uk, b.co.uk, false, false"})
  void whatIsProvenMustBeOfTheDomainOfFrom(String from, String proven, boolean strict, boolean holds) {
    var record = new DmarcRecord("none", "none", strict, strict);

    assertThat(Alignment.holds(from, record, Optional.of(proven), List.of())).isEqualTo(holds);
    assertThat(Alignment.holds(from, record, Optional.empty(), List.of("elsewhere.example", proven))).isEqualTo(holds);
    assertThat(Alignment.holds(from, record, Optional.empty(), List.of())).isFalse();
  }

  @Test
  void theRecordIsReadAsItIsWritten() {
    assertThat(DmarcRecord.among(List.of("v=spf1 -all", "v=DMARC1; p=Reject; sp=none; adkim=s; aspf=r; rua=mailto:a@b.example")))
        .contains(new DmarcRecord("reject", "none", true, false));
    assertThat(DmarcRecord.among(List.of("v=DMARC1;p=quarantine"))).contains(new DmarcRecord("quarantine", "quarantine", false, false));
    assertThat(DmarcRecord.among(List.of("v=DMARC1; rua=mailto:a@b.example"))).contains(new DmarcRecord("none", "none", false, false));
  }

  @Test
  void whatIsNoRecordSaysNothing() {
    assertThat(DmarcRecord.among(List.of())).isEmpty();
    assertThat(DmarcRecord.among(List.of("v=DMARC1; p=none", "v=DMARC1; p=reject"))).isEmpty();
    assertThat(DmarcRecord.among(List.of("v=DMARC1; p=whatever"))).isEmpty();
    assertThat(DmarcRecord.among(List.of("p=reject; v=DMARC1"))).isEmpty();
    assertThat(DmarcRecord.among(List.of("v=DMARC12; p=reject"))).isEmpty();
  }
}
