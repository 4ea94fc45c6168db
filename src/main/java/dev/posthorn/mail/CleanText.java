package dev.posthorn.mail;

/// Keeps out of text what a database or a header line cannot bear.
public final class CleanText {

  private static final char REPLACEMENT = '\uFFFD';

  private CleanText() {
  }

  /// The text with every NUL and every half of a surrogate pair replaced by U+FFFD: PostgreSQL stores neither.
  static String of(String text) {
    int clean = cleanBeginning(text);
    if (clean == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length()).append(text, 0, clean);
    for (int i = clean; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      out.appendCodePoint(isClean(text, i) ? codePoint : REPLACEMENT);
      i += Character.charCount(codePoint);
    }
    return out.toString();
  }

  /// Up to where nothing is to be replaced: in nearly every text to its end.
  private static int cleanBeginning(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        return i;
      }
    }
    return text.length();
  }

  /// As [#of(String)], and every line end is a single LF.
  public static String lines(String text) {
    return of(text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n'));
  }

  /// As [#of(String)], and on one line: control characters and line separators are spaces, none of them at the ends.
  static String line(String text) {
    if (isPlainLine(text)) {
      return text.strip();
    }
    StringBuilder out = new StringBuilder(text.length());
    of(text).codePoints().forEach(c -> out.appendCodePoint(breaksLine(c) ? ' ' : c));
    return out.toString().strip();
  }

  /// Whether nothing is to be replaced, as in nearly every line.
  private static boolean isPlainLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c) || breaksLine(c)) {
        return false;
      }
    }
    return true;
  }

  /// The beginning, of at most so many characters, not cut inside one.
  public static String cut(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    boolean inside = Character.isHighSurrogate(text.charAt(maxLength - 1));
    return text.substring(0, inside ? maxLength - 1 : maxLength);
  }

  /// Whether a header line would end or be garbled at this character.
  static boolean breaksLine(int codePoint) {
    return Character.isISOControl(codePoint) || codePoint == '\u2028' || codePoint == '\u2029';
  }

  private static boolean isClean(String text, int index) {
    int codePoint = text.codePointAt(index);
    return codePoint != 0 && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }
}
