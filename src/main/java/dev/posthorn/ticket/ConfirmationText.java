package dev.posthorn.ticket;

import dev.posthorn.mail.CleanText;
import dev.posthorn.mail.MailLanguages;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.util.Optional;

/// The words of a confirmation, in a language or by a template.
///
/// @param subject one line
/// @param html cleaned; none for a plain mail
record ConfirmationText(String subject, String text, Optional<String> html) {
  /// Of a stranger's subject no more is repeated: a confirmation is nothing to send advertisements by.
  private static final int LONGEST_SUBJECT = 120;

  /// @param locale the tenant's, as a language tag; what nobody has translated is English
  static ConfirmationText in(String locale, Ticket ticket, String sender) {
    var words = words(locale);
    var subject = CleanText.cut(ticket.subject, LONGEST_SUBJECT);
    return new ConfirmationText(words.subject(subject), words.text(ticket.number, subject, sender), Optional.empty());
  }

  private static ConfirmationWords words(String locale) {
    return MailLanguages.of(locale).map(language -> MessageBundles.get(ConfirmationWords.class, Localized.Literal.of(language)))
        .orElseGet(() -> MessageBundles.get(ConfirmationWords.class));
  }
}
