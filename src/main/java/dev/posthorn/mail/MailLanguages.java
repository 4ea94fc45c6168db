package dev.posthorn.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The languages beside English in which the mails of our own are written. Pure.
public final class MailLanguages {
  private static final Set<String> TRANSLATED = Set.of("de", "fr", "pl", "no", "es", "it", "nl", "pt", "ru", "ja");

  private MailLanguages() {}

  /// @param locale a language tag (BCP 47)
  /// @return the language as `messages/*_<language>.properties` has it; nothing for English and what nobody has translated
  public static Optional<String> of(String locale) {
    return Optional.of(language(locale)).filter(TRANSLATED::contains);
  }

  /// Norwegian has three tags.
  private static String language(String locale) {
    var language = Locale.forLanguageTag(locale).getLanguage();
    return language.equals("nb") || language.equals("nn") ? "no" : language;
  }
}
