package dev.posthorn.connector.discovery;

import dev.posthorn.connector.Encryption;
import java.util.Comparator;
import java.util.Optional;

/// The servers that a domain names in its SRV records: `_imaps`, `_imap` and `_submission` (RFC 6186, section 3), `_submissions`
/// (RFC 8314, section 5.1). An encrypted service goes before one that begins in clear.
public final class ServiceRecords {
  private final NameServer names;

  public ServiceRecords(NameServer names) {
    this.names = names;
  }

  public Optional<MailPlaces> find(String domain, String address) {
    var imap = place("_imaps._tcp." + domain, Encryption.TLS).or(() -> place("_imap._tcp." + domain, Encryption.STARTTLS));
    var smtp = place("_submissions._tcp." + domain, Encryption.TLS).or(() -> place("_submission._tcp." + domain, Encryption.STARTTLS));
    return imap.flatMap(in -> smtp.map(out -> new MailPlaces(in, out, address)));
  }

  /// The one with the lowest priority; `.` means that the domain has no such service (RFC 2782).
  private Optional<ServerPlace> place(String service, Encryption security) {
    return names.services(service).stream().filter(one -> !one.target().isBlank() && !one.target().equals("."))
        .min(Comparator.comparingInt(NameServer.Service::priority).thenComparing(Comparator.comparingInt(NameServer.Service::weight).reversed()))
        .flatMap(one -> {
          try {
            return Optional.of(new ServerPlace(one.target(), one.port(), security));
          } catch (IllegalArgumentException e) {
            return Optional.empty();
          }
        });
  }
}
