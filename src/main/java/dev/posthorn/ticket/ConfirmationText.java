package dev.posthorn.ticket;

import dev.posthorn.mail.CleanText;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The words of a confirmation, in a language or by a template.
///
/// @param subject one line
/// @param html cleaned; none for a plain mail
record ConfirmationText(String subject, String text, Optional<String> html) {
  /// Of a stranger's subject no more is repeated: a confirmation is nothing to send advertisements by.
  private static final int LONGEST_SUBJECT = 120;

  private static final Set<String> LANGUAGES = Set.of("de", "fr", "pl", "no", "es", "it", "nl", "pt", "ru", "ja");

  /// @param locale the tenant's, as a language tag; what nobody has translated is English
  static ConfirmationText in(String locale, Ticket ticket, String sender) {
    var words = words(language(locale));
    var subject = CleanText.cut(ticket.subject, LONGEST_SUBJECT);
    return new ConfirmationText(words.subject(subject), words.text(ticket.number, subject, sender), Optional.empty());
  }

  private static ConfirmationWords words(String language) {
    return LANGUAGES.contains(language)
        ? MessageBundles.get(ConfirmationWords.class, Localized.Literal.of(language)) : MessageBundles.get(ConfirmationWords.class);
  }

  /// Norwegian has three tags.
  private static String language(String locale) {
    var language = Locale.forLanguageTag(locale).getLanguage();
    return language.equals("nb") || language.equals("nn") ? "no" : language;
  }
}
