package dev.posthorn.connector;

/// Makes a stranger's words fit to be stored, logged and shown: one line of bounded length.
public final class ServerWords {

  /// The most characters that are kept. An SMTP reply line has at most 512 octets (RFC 5321 section 4.5.3.1.5); replies of
  /// several lines carry their sense in the first ones.
  public static final int MOST = 500;

  private ServerWords() {
  }

  /// The same words on one line: control, format (bidi, zero-width) and unpaired surrogate characters become a space, runs
  /// of white space become one, and what goes beyond [#MOST] characters is cut off, which an ellipsis tells.
  public static String line(String words) {
    var line = new StringBuilder(Math.min(words.length(), MOST));
    var pendingSpace = false;
    for (var at = 0; at < words.length(); ) {
      var character = words.codePointAt(at);
      at += Character.charCount(character);
      if (isBlank(character)) {
        pendingSpace = !line.isEmpty();
        continue;
      }
      if (line.length() + Character.charCount(character) + (pendingSpace ? 1 : 0) > MOST - 1) {
        return line.append('…').toString();
      }
      if (pendingSpace) {
        line.append(' ');
        pendingSpace = false;
      }
      line.appendCodePoint(character);
    }
    return line.toString();
  }

  private static boolean isBlank(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> true;
      default -> false;
    };
  }
}
