package dev.posthorn.trust;

import dev.posthorn.support.DkimKey;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TinyDns;

/// A company that says in the DNS which mail is its own: of two networks' hosts, and signed; and that refuses what is forged.
final class Acme {
  static final DkimKey KEY = DkimKey.of("acme.example", 2048);

  private Acme() {}

  static TinyDns dns() {
    return new TinyDns().txt("acme.example", "v=spf1 ip4:198.51.100.7 include:_spf.relay.example -all").txt("_spf.relay.example", "v=spf1 ip4:203.0.113.0/24 -all")
        .txt(KEY.name(), KEY.record()).txt("_dmarc.acme.example", "v=DMARC1; p=reject; sp=quarantine; adkim=r");
  }

  static byte[] mail(String from) {
    return SampleMail.from(from).to("support@posthorn.example").subject("Help").bytes();
  }
}
