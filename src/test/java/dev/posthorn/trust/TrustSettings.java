package dev.posthorn.trust;

import dev.posthorn.support.TinyDns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Whom a test believes.
record TrustSettings(boolean enabled, Optional<List<String>> dnsServers, Duration dnsTimeout, Duration budget, int maxSignatures, int maxArcSets,
    Optional<List<String>> arcSealers, Optional<List<String>> authservIds, Optional<List<String>> relays) implements TrustConfig {

  /// Whoever has sealed is believed nothing.
  static TrustSettings of(boolean enabled, Optional<List<String>> dnsServers, Duration dnsTimeout, Duration budget, int maxSignatures,
      Optional<List<String>> authservIds, Optional<List<String>> relays) {
    return new TrustSettings(enabled, dnsServers, dnsTimeout, budget, maxSignatures, 3, Optional.empty(), authservIds, relays);
  }

  /// Who asks this name server.
  static TrustSettings asking(TinyDns dns) {
    return of(true, Optional.of(List.of(dns.address())), Duration.ofSeconds(3), Duration.ofSeconds(60), 5, Optional.empty(), Optional.empty());
  }

  TrustSettings sealers(String... domains) {
    return new TrustSettings(enabled, dnsServers, dnsTimeout, budget, maxSignatures, maxArcSets, Optional.of(List.of(domains)), authservIds, relays);
  }
}
