package dev.posthorn.trust;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Whom we believe.
@ConfigMapping(prefix = "posthorn.trust")
public interface TrustConfig {
  /// Whether SPF, DKIM and DMARC of mail that comes by SMTP are checked. Off, or where DNS is not to be had, nobody is
  /// verified and nobody refused.
  @WithDefault("true")
  boolean enabled();

  /// Name servers to ask, `host` or `host:port` each; those of the system where none are given.
  Optional<List<String>> dnsServers();

  /// How long one question to the DNS may take.
  @WithDefault("2s")
  Duration dnsTimeout();

  /// How long the checks of the mails of one claim may take together; what is not done by then is `temperror`.
  @WithDefault("10s")
  Duration budget();

  /// Signatures of one mail that are looked at.
  @WithDefault("5")
  int maxSignatures();

  /// Sets of one ARC chain that are looked at (RFC 8617): each costs a question to the DNS.
  @WithDefault("10")
  int maxArcSets();

  /// Domains of servers that pass mail on to us and whose word is believed when they have sealed it (ARC, RFC 8617: `google.com`,
  /// `microsoft.com`, that of a mailing list server): where DMARC does not pass here, but passed there, the sender is verified. Whoever
  /// is named can vouch for everybody, and so can whoever makes them seal what is not true: nobody is believed unless named.
  Optional<List<String>> arcSealers();

  /// Names of servers whose Authentication-Results are believed (their authserv-id, RFC 8601; `-` for one that gives none, as
  /// Exchange Online does), if they stand on top of a mail fetched from a mailbox, pushed by HTTP, or brought by one of
  /// `relays`.
  Optional<List<String>> authservIds();

  /// Networks of our own mail servers that stand before the SMTP listener (`192.0.2.0/24`, `2001:db8::/32`): what SPF would
  /// say of them is nothing, so what they say counts.
  Optional<List<String>> relays();
}
