package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Bytes to text, whatever the label says. Nothing is refused: an unknown or wrong label leads to a guess.
final class Charsets {

  /// Windows-1252 stands in wherever Latin 1 is said: it is the same but for characters that Latin 1 lacks.
  private static final Charset WESTERN = Charset.forName("windows-1252");

  /// Labels that promise nothing.
  private static final Set<String> VAGUE = Set.of("", "us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us", "x-unknown",
      "unknown-8bit", "unknown", "default", "binary", "none", "user-defined");

  /// Labels whose senders mean the larger set of the same family (as browsers read them), or that Java names otherwise.
  private static final Map<String, String> MEANT = Map.ofEntries(
      Map.entry("iso-8859-1", "windows-1252"), Map.entry("iso8859-1", "windows-1252"),
      Map.entry("latin1", "windows-1252"), Map.entry("iso-8859-9", "windows-1254"),
      Map.entry("gb2312", "GB18030"), Map.entry("gbk", "GB18030"), Map.entry("gb_2312-80", "GB18030"),
      Map.entry("x-gbk", "GB18030"),
      Map.entry("euc-kr", "x-windows-949"), Map.entry("ks_c_5601-1987", "x-windows-949"),
      Map.entry("ks_c_5601", "x-windows-949"), Map.entry("shift_jis", "windows-31j"),
      Map.entry("shift-jis", "windows-31j"), Map.entry("sjis", "windows-31j"), Map.entry("x-sjis", "windows-31j"),
      Map.entry("big5", "x-windows-950"), Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
      Map.entry("tis-620", "x-windows-874"), Map.entry("iso-8859-8-i", "ISO-8859-8"),
      Map.entry("iso-8859-8-e", "ISO-8859-8"), Map.entry("macintosh", "x-MacRoman"),
      Map.entry("unicode", "UTF-16"), Map.entry("utf8mb4", "UTF-8"), Map.entry("unicode-1-1-utf-8", "UTF-8"));

  private static final Set<String> UTF_7 = Set.of("utf-7", "utf7", "unicode-1-1-utf-7", "csunicode11utf7", "x-unicode-2-0-utf-7");

  private static final Map<String, Charset> BY_NAME = byName();

  /// `cp-1252`, `win1252`, `windows1252`.
  private static final Pattern CODE_PAGE = Pattern.compile("(?:cp|win|windows)[-_]?(\\d{3,5})");

  private static final Pattern LATIN = Pattern.compile("windows-1252|ISO-8859-15?|US-ASCII");

  /// One byte is one character, and what valid UTF-8 would be makes no words.
  private static final Pattern OTHER_SINGLE_BYTE = Pattern.compile("windows-125[013-8]|ISO-8859-(?:[234]|9|1[346])|KOI8-[RU]");

  private Charsets() {
  }

  /// Text, and whether the label was one that is understood.
  record Decoded(String text, boolean labelKnown) {
  }

  /// Decodes with the charset of that label; without a useful one as [#guess(byte\[\])] does.
  static Decoded decode(byte[] bytes, String label) {
    String key = withoutQuotes(label).toLowerCase(Locale.ROOT);
    if (bytes.length == 0 || VAGUE.contains(key)) {
      return new Decoded(guess(bytes), true);
    }
    if (UTF_7.contains(key)) {
      return new Decoded(Utf7.decode(bytes), true);
    }
    if (key.equals("hz-gb-2312")) {
      return new Decoded(CleanText.of(fromHz(bytes)), true);
    }
    Optional<Charset> charset = named(key);
    if (charset.isEmpty()) {
      return new Decoded(guess(bytes), false);
    }
    return new Decoded(CleanText.of(decode(bytes, charset.get())), true);
  }

  /// Without what stands around a label by mistake: quotes within quotes, a semicolon.
  private static String withoutQuotes(String label) {
    int start = 0;
    int end = label.length();
    while (start < end && isAround(label.charAt(start))) {
      start++;
    }
    while (end > start && isAround(label.charAt(end - 1))) {
      end--;
    }
    return label.substring(start, end);
  }

  private static boolean isAround(char c) {
    return c <= ' ' || c == '"' || c == '\'' || c == ';';
  }

  /// UTF-8 if it is valid UTF-8, else Western European; and ISO-2022-JP by its escape sequences.
  static String guess(byte[] bytes) {
    String text = isUtf8(bytes) ? utf8(bytes) : new String(bytes, WESTERN);
    if (text.contains("\u001b$B") || text.contains("\u001b$@")) {
      return CleanText.of(named("iso-2022-jp").map(c -> new String(bytes, c)).orElse(text));
    }
    return CleanText.of(text);
  }

  /// The label of a code page as Windows numbers them; none for ASCII and for what is not known.
  static Optional<String> ofCodePage(int number) {
    String label = switch (number) {
      case 65001 -> "UTF-8";
      case 65000 -> "utf-7";
      case 1200 -> "UTF-16LE";
      case 20866 -> "KOI8-R";
      case 21866 -> "KOI8-U";
      case 20932, 51932 -> "EUC-JP";
      case 51949 -> "euc-kr";
      case 54936, 51936 -> "GB18030";
      case 50220, 50221, 50222 -> "iso-2022-jp";
      default -> number > 28590 && number < 28606 ? "iso-8859-" + (number - 28590) : "windows-" + number;
    };
    return Optional.of(label).filter(l -> UTF_7.contains(l) || named(l).isPresent());
  }

  /// Whether a decoder by this name exists here.
  static Optional<Charset> named(String label) {
    String key = label.toLowerCase(Locale.ROOT);
    var codePage = CODE_PAGE.matcher(key);
    String plain = codePage.matches() ? "windows-" + codePage.group(1) : key;
    return lookUp(MEANT.getOrDefault(plain, plain))
        .or(() -> lookUp(key))
        .or(() -> codePage.matches() ? lookUp("cp" + codePage.group(1)) : Optional.empty());
  }

  private static Optional<Charset> lookUp(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /// Java looks for an unknown name in every library, each time: a header full of them would take seconds.
  private static Map<String, Charset> byName() {
    Map<String, Charset> byName = new HashMap<>();
    for (Charset charset : Charset.availableCharsets().values()) {
      byName.put(charset.name().toLowerCase(Locale.ROOT), charset);
      charset.aliases().forEach(alias -> byName.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
    }
    return byName;
  }

  private static String decode(byte[] bytes, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return mostlyUtf8(bytes);
    }
    if (charset.equals(StandardCharsets.UTF_16)) {
      return utf16(bytes, hasByteOrderMark(bytes) ? bytes[0] == (byte) 0xFF : looksLittleEndian(bytes));
    }
    if (charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE)) {
      return utf16(bytes, charset.equals(StandardCharsets.UTF_16LE));
    }
    return isMeantAsUtf8(bytes, charset) ? utf8(bytes) : new String(bytes, charset);
  }

  /// Whether the bytes are UTF-8 although a charset of single bytes is said: gateways convert text and leave its label.
  private static boolean isMeantAsUtf8(byte[] bytes, Charset said) {
    int enough = LATIN.matcher(said.name()).matches() ? 1 : OTHER_SINGLE_BYTE.matcher(said.name()).matches() ? 3 : 0;
    int beginnings = 0;
    for (byte b : bytes) {
      beginnings += (b & 0xff) >= 0xC2 ? 1 : 0;
    }
    return enough > 0 && beginnings >= enough && isUtf8(bytes);
  }

  /// Said to be UTF-8: damage shows as U+FFFD, but if more is damaged than not, the label is wrong.
  private static String mostlyUtf8(byte[] bytes) {
    String text = utf8(bytes);
    long damaged = text.chars().filter(c -> c == '\uFFFD').count();
    if (damaged == 0) {
      return text;
    }
    long sound = text.chars().filter(c -> c > 127 && c != '\uFFFD').count();
    return damaged > sound ? new String(bytes, WESTERN) : text;
  }

  private static String utf8(byte[] bytes) {
    boolean marked = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    return marked ? new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8)
        : new String(bytes, StandardCharsets.UTF_8);
  }

  /// Java's own decoder loses the character after half a surrogate pair.
  private static String utf16(byte[] bytes, boolean littleEndian) {
    CharBuffer text = ByteBuffer.wrap(bytes)
        .order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).asCharBuffer();
    return text.length() > 0 && text.get(0) == '\uFEFF' ? text.position(1).toString() : text.toString();
  }

  /// RFC 1843, which Java does not know: GB 2312 in seven bits between `~{` and `~}`, and `~~` for a tilde.
  private static String fromHz(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    boolean shifted = false;
    for (int i = 0; i < bytes.length; i++) {
      int next = i + 1 < bytes.length ? bytes[i + 1] : -1;
      if (bytes[i] == '~' && (next == '{' || next == '}' || next == '~' || next == '\n')) {
        shifted = next == '{' || shifted && next == '~';
        if (next == '~') {
          out.write('~');
        }
        i++;
      } else {
        shifted &= bytes[i] != '\n';
        out.write(shifted && bytes[i] > ' ' ? bytes[i] | 0x80 : bytes[i]);
      }
    }
    return new String(out.toByteArray(), named("gb2312").orElse(WESTERN));
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean hasByteOrderMark(byte[] bytes) {
    return bytes.length >= 2 && (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
        || bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE);
  }

  /// RFC 2781, section 4.3 says big-endian; what comes from Windows is not. Latin letters tell which byte is zero.
  private static boolean looksLittleEndian(byte[] bytes) {
    int balance = 0;
    for (int i = 0; i + 1 < Math.min(bytes.length, 2_000); i += 2) {
      balance += (bytes[i + 1] == 0 ? 1 : 0) - (bytes[i] == 0 ? 1 : 0);
    }
    return balance > 0;
  }
}
