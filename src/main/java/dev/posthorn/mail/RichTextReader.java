package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads rich text (RTF 1.9.1) in one pass: its plain text, or the HTML that an Exchange server has packed into it
/// ([MS-OXRTFEX], section 2.2).
final class RichTextReader {

  private static final int MAX_GROUPS = 10_000;
  private static final int MAX_WORD = 32;
  private static final int MAX_FONTS = 4_096;

  /// Groups whose text is not shown.
  private static final Set<String> UNSEEN = Set.of("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header",
      "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "nonshppict", "themedata", "xe", "tc", "listtable");

  private static final Map<String, String> CHARACTERS = Map.ofEntries(Map.entry("par", "\n"), Map.entry("line", "\n"),
      Map.entry("sect", "\n"), Map.entry("page", "\n"), Map.entry("row", "\n"), Map.entry("tab", "\t"), Map.entry("cell", "\t"),
      Map.entry("lquote", "\u2018"), Map.entry("rquote", "\u2019"), Map.entry("ldblquote", "\u201c"),
      Map.entry("rdblquote", "\u201d"), Map.entry("bullet", "\u2022"), Map.entry("endash", "\u2013"),
      Map.entry("emdash", "\u2014"), Map.entry("emspace", "\u2003"), Map.entry("enspace", "\u2002"));

  /// `\fcharset` by the code page that it means.
  private static final Map<Integer, String> CODE_PAGES = Map.ofEntries(Map.entry(128, "windows-932"), Map.entry(129, "windows-949"),
      Map.entry(134, "gb18030"), Map.entry(136, "windows-950"), Map.entry(161, "windows-1253"), Map.entry(162, "windows-1254"),
      Map.entry(163, "windows-1258"), Map.entry(177, "windows-1255"), Map.entry(178, "windows-1256"), Map.entry(186, "windows-1257"),
      Map.entry(204, "windows-1251"), Map.entry(222, "windows-874"), Map.entry(238, "windows-1250"));

  /// What holds within a group.
  private record State(boolean unseen, boolean fonts, boolean tag, boolean onlyRtf, int font, int fallbacks) {

    State hidden() {
      return new State(true, fonts, tag, onlyRtf, font, fallbacks);
    }
  }

  private final byte[] in;
  private int at;
  private final Deque<State> outer = new ArrayDeque<>();
  private State state = new State(false, false, false, false, 0, 1);
  private int lost;
  private String codePage;
  private final Map<Integer, String> fonts = new HashMap<>();
  private boolean fromHtml;
  private boolean fromText;
  private final StringBuilder out = new StringBuilder();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private String pendingCharset = "";
  private int toSkip;

  RichTextReader(byte[] rtf, String codePage) {
    this.in = rtf;
    this.codePage = codePage;
  }

  RichText read() {
    while (at < in.length) {
      byte b = in[at++];
      switch (b) {
        case '{' -> open();
        case '}' -> close();
        case '\\' -> control();
        case '\r', '\n', 0 -> {
          // means nothing
        }
        default -> octet(b & 0xff);
      }
    }
    flush();
    String read = CleanText.lines(out.toString());
    return fromHtml ? new RichText("", Optional.of(read), false) : new RichText(read, Optional.empty(), !fromText);
  }

  private void open() {
    toSkip = 0;
    flush();
    if (outer.size() < MAX_GROUPS) {
      outer.push(state);
    } else {
      lost++;
    }
  }

  private void close() {
    toSkip = 0;
    flush();
    if (lost > 0) {
      lost--;
    } else if (!outer.isEmpty()) {
      state = outer.pop();
    }
  }

  /// A backslash and a sign, or a backslash and a word with a number or without.
  private void control() {
    int c = at < in.length ? in[at] & 0xff : -1;
    if (isLetter(c)) {
      word();
      return;
    }
    at++;
    switch (c) {
      case '\'' -> hexadecimal();
      case '*' -> destination();
      case '\\', '{', '}' -> octet(c);
      case '~' -> show("\u00a0");
      case '_' -> show("\u2011");
      case '\r', '\n' -> show("\n");
      default -> {
        // a hint for hyphenation, an index, the end
      }
    }
  }

  private void hexadecimal() {
    int high = at + 1 < in.length ? Character.digit(in[at], 16) : -1;
    int low = high < 0 ? -1 : Character.digit(in[at + 1], 16);
    if (low >= 0) {
      at += 2;
      octet(high << 4 | low);
    }
  }

  /// What a reader may pass over if it does not know it: all but the HTML.
  private void destination() {
    int start = at;
    if (at < in.length && in[at] == '\\') {
      at++;
      String name = letters();
      if (name.equals("htmltag")) {
        number();
        flush();
        state = new State(state.unseen, false, true, state.onlyRtf, state.font, state.fallbacks);
        return;
      }
      at = start;
    }
    flush();
    state = state.hidden();
  }

  private void word() {
    String word = letters();
    Integer number = number();
    boolean on = number == null || number != 0;
    int value = number == null ? 0 : number;
    if (toSkip > 0 && !word.equals("u")) {
      toSkip = 0;
    }
    switch (word) {
      case "u" -> unicode(value);
      case "uc" -> state = new State(state.unseen, state.fonts, state.tag, state.onlyRtf, state.font, Math.clamp(value, 0, 16));
      case "htmlrtf" -> {
        flush();
        state = new State(state.unseen, state.fonts, state.tag, on, state.font, state.fallbacks);
      }
      case "fromhtml" -> fromHtml = true;
      case "fromtext" -> fromText = true;
      case "ansicpg" -> codePage = value == 0 ? codePage : "windows-" + value;
      case "f" -> {
        flush();
        state = new State(state.unseen, state.fonts, state.tag, state.onlyRtf, value, state.fallbacks);
      }
      case "fcharset" -> setFont(value);
      case "fonttbl" -> state = new State(true, true, state.tag, state.onlyRtf, state.font, state.fallbacks);
      case "bin" -> at = (int) Math.min(in.length, (long) at + Math.max(0, value));
      default -> {
        if (UNSEEN.contains(word)) {
          flush();
          state = state.hidden();
        } else if (CHARACTERS.containsKey(word)) {
          show(CHARACTERS.get(word));
        }
      }
    }
  }

  private void setFont(int charset) {
    if (state.fonts && fonts.size() < MAX_FONTS && CODE_PAGES.containsKey(charset)) {
      fonts.put(state.font, CODE_PAGES.get(charset));
    }
  }

  /// A character by its number, negative above 32,767, with what old readers show instead of it behind it.
  private void unicode(int value) {
    show(Character.toString((char) value));
    toSkip = state.fallbacks;
  }

  private void octet(int octet) {
    if (toSkip > 0) {
      toSkip--;
    } else if (isShown()) {
      String charset = state.tag ? codePage : fonts.getOrDefault(state.font, codePage);
      if (!charset.equals(pendingCharset)) {
        flush();
        pendingCharset = charset;
      }
      pending.write(octet);
    }
  }

  private void show(String text) {
    flush();
    if (isShown()) {
      out.append(text);
    }
  }

  private boolean isShown() {
    return !state.unseen && (!fromHtml || state.tag || !state.onlyRtf);
  }

  private void flush() {
    if (pending.size() > 0) {
      byte[] bytes = pending.toByteArray();
      boolean ascii = isAscii(bytes);
      out.append(ascii ? new String(bytes, StandardCharsets.US_ASCII) : Charsets.decode(bytes, pendingCharset).text());
      pending.reset();
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private String letters() {
    int start = at;
    while (at < in.length && isLetter(in[at]) && at - start < MAX_WORD) {
      at++;
    }
    return new String(in, start, at - start, StandardCharsets.US_ASCII);
  }

  /// The number behind a word, and the space that ends both.
  private Integer number() {
    int start = at;
    boolean negative = at < in.length && in[at] == '-';
    at += negative ? 1 : 0;
    int digits = at;
    int value = 0;
    while (at < in.length && in[at] >= '0' && in[at] <= '9' && at - digits < 9) {
      value = 10 * value + in[at++] - '0';
    }
    boolean none = at == digits;
    at = none ? start : at;
    if (at < in.length && in[at] == ' ') {
      at++;
    }
    return none ? null : (Integer) (negative ? -value : value);
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
