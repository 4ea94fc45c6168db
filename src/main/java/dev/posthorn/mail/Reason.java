package dev.posthorn.mail;

/// Why something was decided, for programs and for people.
///
/// @param code short and fixed: `auto-submitted`
/// @param text one line that says what was seen; no content of a mail but names of header fields and their words
public record Reason(String code, String text) {

  private static final int LONGEST = 200;

  /// Keeps it on one bounded line.
  public Reason {
    text = CleanText.cut(CleanText.line(text), LONGEST);
  }
}
