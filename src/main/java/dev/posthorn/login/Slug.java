package dev.posthorn.login;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;

/// A company's name as it stands in addresses: lower case letters, digits, single hyphens between them, at most thirty.
final class Slug {
  private static final int MAX = 30;
  private static final int TAIL = 6;
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private Slug() {}

  /// The nearest to the name.
  static String of(String company) {
    var plain = Normalizer.normalize(company, Normalizer.Form.NFKD).replace("ß", "ss").toLowerCase(Locale.ROOT).replaceAll("\\p{M}+", "")
        .replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    var cut = (plain.length() > MAX ? plain.substring(0, MAX) : plain).replaceAll("-+$", "");
    return cut.isEmpty() ? "t" : cut;
  }

  /// One like it that nobody has.
  static String like(String slug) {
    var tail = new StringBuilder("-");
    new SecureRandom().ints(TAIL, 0, LETTERS.length()).forEach(letter -> tail.append(LETTERS.charAt(letter)));
    return slug.substring(0, Math.min(slug.length(), MAX - TAIL - 1)).replaceAll("-+$", "") + tail;
  }
}
