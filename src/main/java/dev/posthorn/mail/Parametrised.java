package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A header value with parameters, as in Content-Type and Content-Disposition: `value; name=value; …`
/// (RFC 2045, section 5.1; RFC 2231).
///
/// @param value      what stands before the first semicolon, in lower case
/// @param parameters decoded, by lower-case name
record Parametrised(String value, Map<String, String> parameters) {

  private static final int MAX_PARAMETERS = 500;

  /// Reads leniently: values without quotes may hold spaces, sections may be missing or out of order. Where a
  /// parameter is given in both ways, RFC 2231 wins over encoded words, which RFC 2047 (section 5) forbids here and
  /// many senders use all the same.
  static Parametrised parse(String text) {
    Reader reader = new Reader(text);
    String value = reader.upToSemicolon();
    Map<String, String> plain = new HashMap<>();
    Map<String, TreeMap<Integer, Section>> sectioned = new HashMap<>();
    for (int i = 0; i < MAX_PARAMETERS && reader.more(); i++) {
      String name = reader.name().toLowerCase(Locale.ROOT);
      String content = reader.value();
      int star = name.indexOf('*');
      if (star < 0) {
        plain.putIfAbsent(name, EncodedWords.decode(content));
      } else {
        sectioned.computeIfAbsent(name.substring(0, star), n -> new TreeMap<>())
            .putIfAbsent(sectionNumber(name, star), new Section(content, name.endsWith("*")));
      }
    }
    sectioned.forEach((name, sections) -> plain.put(name, joined(sections)));
    return new Parametrised(value.strip().toLowerCase(Locale.ROOT), Map.copyOf(plain));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /// `; name=value` for a header that is written: quoted if ASCII, else by RFC 2231 in sections of one line each.
  static String written(String name, String value) {
    String clean = CleanText.line(value);
    if (clean.length() <= 60 && clean.chars().allMatch(c -> c < 127)) {
      return ";\r\n " + name + "=\"" + clean.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
    StringBuilder out = new StringBuilder();
    StringBuilder section = new StringBuilder("UTF-8''");
    int number = 0;
    for (int i = 0; i < clean.length(); i += Character.charCount(clean.codePointAt(i))) {
      String encoded = percentEncoded(clean.codePointAt(i));
      if (section.length() + encoded.length() > 60) {
        out.append(";\r\n ").append(name).append('*').append(number++).append("*=").append(section);
        section.setLength(0);
      }
      section.append(encoded);
    }
    String number0 = number == 0 ? "" : "*" + number;
    return out.append(";\r\n ").append(name).append(number0).append("*=").append(section).toString();
  }

  private record Section(String content, boolean encoded) {
  }

  private static int sectionNumber(String name, int star) {
    String digits = name.substring(star + 1).replace("*", "");
    return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
  }

  private static String joined(TreeMap<Integer, Section> sections) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String charset = "";
    boolean first = true;
    for (Section section : sections.values()) {
      String content = section.content();
      if (first && section.encoded()) {
        int quote = content.indexOf('\'');
        int second = quote < 0 ? -1 : content.indexOf('\'', quote + 1);
        charset = second < 0 ? "" : content.substring(0, quote);
        content = content.substring(second + 1);
      }
      bytes.writeBytes(section.encoded() ? percentDecoded(content) : content.getBytes(StandardCharsets.UTF_8));
      first = false;
    }
    return Charsets.decode(bytes.toByteArray(), charset).text();
  }

  private static byte[] percentDecoded(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
      out.write(low < 0 ? in[i] : high << 4 | low);
      i += low < 0 ? 0 : 2;
    }
    return out.toByteArray();
  }

  private static String percentEncoded(int codePoint) {
    if (codePoint < 127 && (Character.isLetterOrDigit(codePoint) || "-._~".indexOf(codePoint) >= 0)) {
      return Character.toString(codePoint);
    }
    StringBuilder out = new StringBuilder();
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      out.append('%').append(String.format(Locale.ROOT, "%02X", b));
    }
    return out.toString();
  }

  /// Walks over the text once.
  private static final class Reader {

    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    boolean more() {
      while (at < text.length() && (text.charAt(at) == ';' || text.charAt(at) <= ' ')) {
        at++;
      }
      return at < text.length();
    }

    String upToSemicolon() {
      int start = at;
      while (at < text.length() && text.charAt(at) != ';') {
        at++;
      }
      return text.substring(start, at);
    }

    String name() {
      int start = at;
      while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ';') {
        at++;
      }
      return text.substring(start, at).strip();
    }

    String value() {
      if (at >= text.length() || text.charAt(at) == ';') {
        return "";
      }
      at++;
      while (at < text.length() && text.charAt(at) <= ' ') {
        at++;
      }
      if (at < text.length() && text.charAt(at) == '"') {
        String quoted = quoted();
        upToSemicolon();
        return quoted;
      }
      return upToSemicolon().strip();
    }

    /// A backslash escapes only a quote or itself: Windows paths come without doubled backslashes.
    private String quoted() {
      StringBuilder out = new StringBuilder();
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        char c = text.charAt(at++);
        if (c == '\\' && at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\\')) {
          c = text.charAt(at++);
        }
        out.append(c);
      }
      at = Math.min(at + 1, text.length());
      return out.toString();
    }
  }
}
