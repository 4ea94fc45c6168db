package dev.posthorn.mail;

import java.util.Locale;
import java.util.Set;

/// A subject without what answering, forwarding and tagging put around it (RFC 5256, section 2.1), in lower case: two
/// mails of one conversation have the same. Beside the standard's `Re` and `Fwd`, the words that mail programs use in
/// other languages count.
///
/// @param value may be empty
public record BaseSubject(String value) {

  private static final int MAX_LENGTH = 1_000;

  private static final Set<String> LEADERS = Set.of(
      "re", "fw", "fwd", "r", "i", "aw", "wg", "antw", "antwort", "betr", "betreff", "weitergeleitet", "doorst",
      "sv", "vs", "vb", "vl", "vd", "tr", "ref", "réf", "rép", "rif", "inoltra", "odp", "pd", "rv", "res", "enc",
      "ynt", "ilt", "i̇lt", "atb", "bls", "trs", "vá", "továbbítás", "válasz", "fs", "rsp", "yan", "ha",
      "отв", "ответ", "пер", "fwd.", "re.", "απ", "σχετ", "πρθ", "تحويل", "رد", "השב", "הועבר", "תגובה",
      "回复", "回覆", "答复", "转发", "轉寄", "返信", "転送", "回信", "답장", "전달");

  private static final Set<String> FORWARDS = Set.of("fw", "fwd", "wg", "weitergeleitet", "tr", "i", "inoltra", "doorst",
      "vb", "vl", "pd", "rv", "enc", "ilt", "i̇lt", "továbbítás", "пер", "πρθ", "تحويل", "הועבר", "转发", "轉寄", "転送", "전달");

  /// The base of a decoded subject.
  public static BaseSubject of(String subject) {
    String text = CleanText.cut(CleanText.line(subject), MAX_LENGTH)
        .replaceAll("[\\s\\u00A0\\u3000]+", " ").toLowerCase(Locale.ROOT).strip();
    String before;
    do {
      before = text;
      text = withoutForwardBrackets(withoutLeaders(withoutTrailers(text)));
    } while (!text.equals(before));
    return new BaseSubject(text);
  }

  /// Whether the subject says that the mail is forwarded, in one of the languages of mail programs: its outermost mark is a
  /// forward's. `VS` is not among them: it forwards in Norwegian and answers in Finnish.
  public static boolean isForward(String subject) {
    String text = CleanText.cut(CleanText.line(subject), MAX_LENGTH).toLowerCase(Locale.ROOT).strip();
    int at = 0;
    for (int blob = afterBlob(text, at); blob >= 0; blob = afterBlob(text, at)) {
      at = blob;
    }
    int word = at;
    while (at < text.length() && Character.isLetter(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    boolean led = afterLeader(text, word) >= 0;
    return led ? FORWARDS.contains(text.substring(word, at))
        : text.startsWith("[fwd:") || text.startsWith("[fw:") || text.endsWith("(fwd)");
  }

  /// Whether the subject begins with a mark of an answer or a forward, in one of the languages of mail programs.
  public static boolean isMarked(String subject) {
    return afterLeader(CleanText.cut(CleanText.line(subject), MAX_LENGTH).toLowerCase(Locale.ROOT).strip(), 0) >= 0;
  }

  /// Whether nothing is left: then it says nothing about the conversation.
  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public String toString() {
    return "BaseSubject[" + value.length() + " characters]";
  }

  private static String withoutTrailers(String text) {
    String rest = text.strip();
    while (rest.endsWith("(fwd)")) {
      rest = rest.substring(0, rest.length() - "(fwd)".length()).strip();
    }
    return rest;
  }

  private static String withoutLeaders(String text) {
    int at = 0;
    while (true) {
      int next = afterLeader(text, at);
      if (next < 0) {
        next = afterBlob(text, at);
        if (next < 0 || text.substring(next).isBlank()) { // a blob alone is the subject
          return text.substring(at).strip();
        }
      }
      at = next;
    }
  }

  /// Where the text goes on after `[tag] re [2]:`, or -1 if none stands here.
  private static int afterLeader(String text, int from) {
    int at = from;
    for (int blob = afterBlob(text, at); blob >= 0; blob = afterBlob(text, at)) {
      at = blob;
    }
    int word = at;
    while (at < text.length() && (Character.isLetter(text.codePointAt(at)) || isMark(text.charAt(at)))) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (!LEADERS.contains(text.substring(word, at))) {
      return -1;
    }
    at = afterCounter(text, afterSpaces(text, at));
    boolean colon = at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '：');
    return colon ? afterSpaces(text, at + 1) : -1;
  }

  /// `[2]`, `(2)`, `^2`, `2`: how often it was answered.
  private static int afterCounter(String text, int from) {
    int at = from;
    boolean bracket = at < text.length() && "[(^".indexOf(text.charAt(at)) >= 0;
    at += bracket ? 1 : 0;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    at += bracket && at < text.length() && "])".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
    int blob = afterBlob(text, from);
    return afterSpaces(text, Math.max(at, blob));
  }

  private static int afterBlob(String text, int from) {
    if (from >= text.length() || text.charAt(from) != '[') {
      return -1;
    }
    int end = text.indexOf(']', from);
    int inner = text.indexOf('[', from + 1);
    return end < 0 || inner >= 0 && inner < end ? -1 : afterSpaces(text, end + 1);
  }

  private static int afterSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static boolean isMark(char c) {
    return Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private static String withoutForwardBrackets(String text) {
    boolean forwarded = (text.startsWith("[fwd:") || text.startsWith("[fw:")) && text.endsWith("]");
    return forwarded ? text.substring(text.indexOf(':') + 1, text.length() - 1).strip() : text;
  }
}
