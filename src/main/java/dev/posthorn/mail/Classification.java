package dev.posthorn.mail;

import java.util.Locale;

/// Who or what wrote a mail, as far as the mail itself tells.
public enum Classification {
  /// A person, or nothing says otherwise.
  ORDINARY,
  /// An answer that nobody wrote: an absence note, a confirmation of receipt (RFC 3834).
  AUTO_REPLY,
  /// Sent by a program without being an answer: an alarm, an invoice run.
  AUTOMATIC,
  /// Came by a mailing list or in bulk (RFC 2369, RFC 2919).
  LIST,
  /// A server tells that a mail did not arrive, or not yet (RFC 3464, and the older forms).
  BOUNCE,
  /// A mail program tells that a mail was shown or deleted (RFC 8098).
  RECEIPT,
  /// A provider tells that a recipient called a mail spam (RFC 5965).
  COMPLAINT,
  /// A filter asks the sender to prove that he is a person.
  CHALLENGE;

  /// As the API and the table say it: `auto-reply`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The inverse of [#word()].
  ///
  /// @throws IllegalArgumentException if no classification is called so
  public static Classification of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
