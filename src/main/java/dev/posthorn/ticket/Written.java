package dev.posthorn.ticket;

import dev.posthorn.mail.CleanText;
import dev.posthorn.web.Refusal;

/// What somebody wrote, as text or as HTML.
record Written(String text, String html) {
  /// @param maxLength in characters
  /// @throws Refusal 400 where not exactly one of the two is given, or it is empty or too long
  void check(int maxLength, boolean mayBeEmpty) {
    if ((html == null) == (text == null)) {
      throw Refusal.badRequest("", "Exactly one of html and text is needed.");
    }
    var given = html == null ? text : html;
    var pointer = html == null ? "/text" : "/html";
    if (given.isBlank() && !mayBeEmpty) {
      throw Refusal.badRequest(pointer, "It is empty.");
    }
    if (given.length() > maxLength) {
      throw Refusal.badRequest(pointer, "At most " + maxLength + " characters.");
    }
  }

  /// The text as it can be kept and sent.
  static String clean(String text) {
    return CleanText.lines(text);
  }

  @Override
  public String toString() {
    return "Written[]";
  }
}
