package dev.posthorn.mail;

import java.util.ArrayList;
import java.util.List;

/// Reads an address list (RFC 5322, sections 3.4 and 4.4) in one pass, forgiving what real mail gets wrong: names with
/// an unquoted comma, semicolons between addresses, brackets that are never closed, a name that is merely a comment.
final class AddressReader {

  private static final int MAX_ADDRESSES = 5_000;

  private final String text;
  private final List<Address> found = new ArrayList<>();
  private int at;

  /// What was read of the current mailbox: as a name (quotes taken away), as written, in brackets, in a comment.
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder written = new StringBuilder();
  private final StringBuilder comment = new StringBuilder();
  private String bracketed;
  private String nameBeforeComma = "";

  AddressReader(String text) {
    this.text = CleanText.line(text);
  }

  List<Address> read() {
    while (at < text.length() && found.size() < MAX_ADDRESSES) {
      char c = text.charAt(at);
      switch (c) {
        case '"' -> readQuoted();
        case '(' -> readComment();
        case '<' -> readBracketed();
        case '[' -> readLiteral();
        case ',' -> endMailbox(true);
        case ';' -> endMailbox(false);
        case ':' -> startGroup();
        case '=' -> readEncodedWord();
        default -> take(c);
      }
    }
    endMailbox(false);
    return List.copyOf(found);
  }

  private void take(char c) {
    name.append(c);
    written.append(c);
    at++;
  }

  private void readQuoted() {
    int start = at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      name.append(text.charAt(at++));
    }
    at = Math.min(at + 1, text.length());
    written.append(text, start, at);
  }

  /// Comments nest, so brackets are counted.
  private void readComment() {
    int depth = 0;
    do {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        comment.append(text.charAt(at++));
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      boolean outermost = c == '(' && depth == 1 || c == ')' && depth == 0;
      if (!outermost) {
        comment.append(c);
      }
    } while (depth > 0 && at < text.length());
    comment.append(' ');
  }

  private void readBracketed() {
    int end = ++at;
    boolean quoted = false;
    while (end < text.length() && (quoted || text.charAt(end) != '>' && text.charAt(end) != '<')) {
      if (text.charAt(end) == '\\') {
        end++;
      } else if (text.charAt(end) == '"') {
        quoted = !quoted;
      }
      end++;
    }
    end = Math.min(end, text.length());
    String inner = text.substring(at, end);
    if (bracketed == null || !Address.isAddress(bracketed)) {
      bracketed = withoutRoute(inner);
    }
    at = end < text.length() && text.charAt(end) == '>' ? end + 1 : end;
  }

  /// `user@[192.0.2.1]`, `user@[IPv6:2001:db8::1]`: the colons do not start a group.
  private void readLiteral() {
    int end = text.indexOf(']', at, Math.min(text.length(), at + 64));
    if (end < 0) {
      take('[');
      return;
    }
    name.append(text, at, end + 1);
    written.append(text, at, end + 1);
    at = end + 1;
  }

  /// An encoded word stays in one piece, even if what it encodes holds a comma as it is.
  private void readEncodedWord() {
    int end = EncodedWords.endOfWord(text, at);
    if (end < 0) {
      take('=');
      return;
    }
    name.append(text, at, end);
    written.append(text, at, end);
    at = end;
  }

  private void startGroup() {
    at++;
    name.setLength(0);
    written.setLength(0);
    comment.setLength(0);
    nameBeforeComma = "";
  }

  private void endMailbox(boolean comma) {
    at++;
    String words = written.toString().strip();
    if (bracketed != null) {
      add(joined(nameBeforeComma, name.toString().strip()), bracketed);
      nameBeforeComma = "";
    } else if (words.indexOf('@') >= 0) {
      addBare(words);
      nameBeforeComma = "";
    } else {
      nameBeforeComma = comma ? joined(nameBeforeComma, name.toString().strip()) : "";
    }
    name.setLength(0);
    written.setLength(0);
    comment.setLength(0);
    bracketed = null;
  }

  private void addBare(String words) {
    int space = words.startsWith("\"") ? -1 : words.lastIndexOf(' ', words.indexOf('@'));
    add(space < 0 ? "" : words.substring(0, space), words.substring(space + 1));
  }

  private void add(String rawName, String rawAddress) {
    String address = cleanAddress(rawAddress);
    if (Address.isAddress(address)) {
      String shown = rawName.isBlank() ? comment.toString().strip() : rawName;
      found.add(new Address(EncodedWords.decode(shown), address));
    }
  }

  private static String joined(String before, String after) {
    return before.isEmpty() ? after : after.isEmpty() ? before : before + ", " + after;
  }

  /// Source routes, `<@a,@b:user@c>`, are obsolete and ignored (RFC 5322, section 4.4).
  private static String withoutRoute(String inner) {
    int colon = inner.startsWith("@") ? inner.indexOf(':') : -1;
    return inner.substring(colon + 1);
  }

  /// Comments inside an address are obsolete, and nobody's name (RFC 5322, section 4.4).
  private static String withoutComments(String raw) {
    if (raw.indexOf('(') < 0 || raw.strip().startsWith("\"")) {
      return raw;
    }
    StringBuilder kept = new StringBuilder(raw.length());
    int depth = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      depth += c == '(' ? 1 : 0;
      if (depth == 0) {
        kept.append(c);
      }
      depth -= c == ')' && depth > 0 ? 1 : 0;
    }
    return kept.toString();
  }

  private static String cleanAddress(String raw) {
    String address = withoutComments(raw).strip();
    if (address.length() > 2 && address.startsWith("'") && address.endsWith("'")) {
      address = address.substring(1, address.length() - 1); // as some programs write an address without a name
    }
    if (address.regionMatches(true, 0, "mailto:", 0, 7)) {
      address = address.substring(7);
    }
    boolean quoted = address.startsWith("\"");
    StringBuilder kept = new StringBuilder(address.length());
    address.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .filter(c -> quoted && c == ' ' || !Character.isWhitespace(c) && !Character.isSpaceChar(c))
        .forEach(kept::appendCodePoint);
    if (!kept.isEmpty() && kept.charAt(kept.length() - 1) == '.') {
      kept.setLength(kept.length() - 1);
    }
    return kept.toString();
  }
}
