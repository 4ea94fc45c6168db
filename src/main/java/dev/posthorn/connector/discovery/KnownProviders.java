package dev.posthorn.connector.discovery;

import dev.posthorn.connector.Encryption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whose server takes a domain's mail tells whose customer it is, and the large providers' servers are known. Pure.
public final class KnownProviders {
  private record Provider(String name, List<String> exchangers, String imap, String smtp, int smtpPort, Encryption smtpSecurity) {}

  private static final int IMAPS = 993;

  private static final List<Provider> ALL = List.of(
      new Provider("Google", List.of("google.com", "googlemail.com"), "imap.gmail.com", "smtp.gmail.com", 465, Encryption.TLS),
      new Provider("Microsoft", List.of("mail.protection.outlook.com", "outlook.com", "mx.microsoft"), "outlook.office365.com", "smtp.office365.com", 587, Encryption.STARTTLS),
      new Provider("IONOS", List.of("kundenserver.de", "ionos.com", "ionos.de", "1and1.com"), "imap.ionos.de", "smtp.ionos.de", 465, Encryption.TLS),
      new Provider("Strato", List.of("rzone.de"), "imap.strato.de", "smtp.strato.de", 465, Encryption.TLS),
      new Provider("Fastmail", List.of("messagingengine.com"), "imap.fastmail.com", "smtp.fastmail.com", 465, Encryption.TLS),
      new Provider("Zoho", List.of("zoho.com", "zoho.eu"), "imappro.zoho.com", "smtppro.zoho.com", 465, Encryption.TLS),
      new Provider("iCloud", List.of("mail.icloud.com"), "imap.mail.me.com", "smtp.mail.me.com", 587, Encryption.STARTTLS),
      new Provider("GMX", List.of("gmx.net", "gmx.com"), "imap.gmx.net", "mail.gmx.net", 465, Encryption.TLS),
      new Provider("Yahoo", List.of("yahoodns.net"), "imap.mail.yahoo.com", "smtp.mail.yahoo.com", 465, Encryption.TLS),
      new Provider("OVH", List.of("ovh.net"), "ssl0.ovh.net", "ssl0.ovh.net", 465, Encryption.TLS),
      new Provider("mailbox.org", List.of("mailbox.org"), "imap.mailbox.org", "smtp.mailbox.org", 465, Encryption.TLS));

  private KnownProviders() {}

  /// @param name as people know it
  public record Known(String name, MailPlaces places) {}

  /// The provider whose server takes the mail, if it is one of these.
  public static Optional<Known> by(List<String> mailExchangers, String address) {
    return mailExchangers.stream().map(host -> host.toLowerCase(Locale.ROOT).replaceAll("\\.$", ""))
        .flatMap(host -> ALL.stream().filter(provider -> provider.exchangers.stream()
            .anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain))))
        .findFirst()
        .map(provider -> new Known(provider.name, new MailPlaces(new ServerPlace(provider.imap, IMAPS, Encryption.TLS),
            new ServerPlace(provider.smtp, provider.smtpPort, provider.smtpSecurity), address)));
  }
}
