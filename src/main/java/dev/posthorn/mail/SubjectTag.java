package dev.posthorn.mail;

import java.util.Optional;
import java.util.regex.Pattern;

/// The ticket's number in the subject, as a tenant wants it: `[ACME#42]`. Anybody can write one: it is weak evidence.
public final class SubjectTag {

  /// What may stand before the number.
  public static final String FORM = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,28}[\\p{L}\\p{N}]|[\\p{L}\\p{N}]";
  private static final int MAX_SUBJECT = 2_000;

  private SubjectTag() {
  }

  /// The number in the last tag of this word.
  public static Optional<Long> number(String subject, String word) {
    var found = pattern(word).matcher(CleanText.cut(subject, MAX_SUBJECT)).results().map(m -> m.group(1)).reduce((first, last) -> last);
    return found.map(Long::parseLong);
  }

  /// The subject with the tag at its end, once.
  public static String tagged(String subject, String word, long number) {
    return without(subject, word) + " [" + word + "#" + number + "]";
  }

  /// The subject without tags of this word.
  public static String without(String subject, String word) {
    return pattern(word).matcher(subject).replaceAll(" ").strip();
  }

  private static Pattern pattern(String word) {
    return Pattern.compile("\\s?\\[" + Pattern.quote(word) + "\\s?#\\s?(\\d{1,12})]\\s?", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
