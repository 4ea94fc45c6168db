package dev.posthorn.mail;

import java.text.Normalizer;

/// Text as one compares it who cares neither for capitals nor for accents nor for how lines are broken: `Straße`, `STRASSE`
/// and `strasse` are the same, `é` is `e`, blanks and line ends are one blank. Other writing systems keep their marks, for
/// they make other letters there.
public final class FoldedText {
  private static final FoldedText EMPTY = new FoldedText("");

  private final String value;

  /// For each place, how much of the text's beginning ends there (Knuth, Morris, Pratt 1977); made when first searched for.
  private int[] borders;

  private FoldedText(String value) {
    this.value = value;
  }

  /// @param text decoded, of any length
  public static FoldedText of(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    var apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    var kept = new StringBuilder(apart.length());
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      if (Character.isWhitespace(c) || c == '\u00A0') {
        if (!kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ') {
          kept.append(' ');
        }
      } else if (!isInvisible(c)) {
        append(kept, c);
      }
    }
    return new FoldedText(Normalizer.normalize(kept, Normalizer.Form.NFC).strip());
  }

  /// Whether the other text stands in it. Takes time in proportion to both lengths, whatever they hold.
  public boolean contains(FoldedText wanted) {
    if (wanted.value.isEmpty()) {
      return true;
    }
    var border = wanted.borders();
    int matched = 0;
    for (int i = 0; i < value.length(); i++) {
      while (matched > 0 && value.charAt(i) != wanted.value.charAt(matched)) {
        matched = border[matched - 1];
      }
      if (value.charAt(i) == wanted.value.charAt(matched) && ++matched == wanted.value.length()) {
        return true;
      }
    }
    return false;
  }

  public boolean isEmpty() {
    return value.isEmpty();
  }

  private synchronized int[] borders() {
    if (borders == null) {
      var made = new int[value.length()];
      int length = 0;
      for (int i = 1; i < value.length(); i++) {
        while (length > 0 && value.charAt(i) != value.charAt(length)) {
          length = made[length - 1];
        }
        made[i] = value.charAt(i) == value.charAt(length) ? ++length : length;
      }
      borders = made;
    }
    return borders;
  }

  /// Letters that no normalisation takes apart, and lower case.
  private static void append(StringBuilder kept, char c) {
    switch (c) {
      case 'ß', 'ẞ' -> kept.append("ss");
      case 'æ', 'Æ' -> kept.append("ae");
      case 'œ', 'Œ' -> kept.append("oe");
      case 'ø', 'Ø' -> kept.append('o');
      case 'ł', 'Ł' -> kept.append('l');
      case 'đ', 'Đ', 'ð', 'Ð' -> kept.append('d');
      case 'þ', 'Þ' -> kept.append("th");
      case 'ı' -> kept.append('i');
      case 'ς' -> kept.append('σ');
      default -> kept.append(Character.toLowerCase(c));
    }
  }

  /// Accents of European writing, soft hyphens and what has no width.
  private static boolean isInvisible(char c) {
    return c >= '\u0300' && c <= '\u036F' || c == '\u00AD' || c >= '\u200B' && c <= '\u200D' || c == '\u2060' || c == '\uFEFF';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FoldedText text && text.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "FoldedText[" + value.length() + " characters]";
  }
}
