package dev.posthorn.trust;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Mail;
import java.util.Optional;

/// Whose name a mail is in.
final class Senders {
  private Senders() {}

  /// The one sender that From names. Two From fields, or one with several people, can be shown as another than the one that
  /// was checked (RFC 7489, section 6.6.1): such a mail proves nobody.
  static Optional<Address> one(Mail mail) {
    var fields = mail.headers("From");
    if (fields.size() != 1 || Address.parseList(fields.getFirst()).size() != 1) {
      return Optional.empty();
    }
    return mail.from();
  }
}
