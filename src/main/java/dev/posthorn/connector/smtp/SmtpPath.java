package dev.posthorn.connector.smtp;

import java.util.Optional;

import dev.posthorn.mail.Address;

/// An address as it stands between the angle brackets of MAIL and RCPT (RFC 5321 section 4.1.2).
///
/// The local part is left as it is, case included, since only its own host may read it (section 2.4). The domain goes in its
/// ASCII form (RFC 5891), which every server understands, so that only a local part can make SMTPUTF8 necessary.
///
/// @param text `local@domain`, or `""` for the null sender
record SmtpPath(String text) {

  static final SmtpPath NULL_SENDER = new SmtpPath("");

  /// Empty when the domain has no ASCII form.
  static Optional<SmtpPath> of(Address address) {
    var domain = address.domain();
    return isAscii(domain) ? Optional.of(new SmtpPath(address.localPart() + "@" + domain)) : Optional.empty();
  }

  /// Whether only a server with SMTPUTF8 (RFC 6531) can be told of it.
  boolean needsUtf8() {
    return !isAscii(text);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(character -> character < 0x80);
  }
}
