package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Encoded words in headers (RFC 2047), read leniently and written strictly.
final class EncodedWords {

  private static final int MAX_CHARSET = 60;
  /// RFC 2047, section 2 allows 75; shorter ones fit behind the name of their field.
  private static final int MAX_WORD = 63;

  private EncodedWords() {
  }

  /// Decodes every encoded word. Forgiven: spaces inside a word, a word in the middle of other text or in quotes, a
  /// missing end of base64. Neighbours in one charset are decoded together, for some senders split inside a character
  /// (against section 5); the white space between neighbours is not shown (section 6.2).
  static String decode(String text) {
    if (!text.contains("=?")) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    ByteArrayOutputStream pending = new ByteArrayOutputStream();
    String charset = "";
    int shown = 0;
    int at = text.indexOf("=?");
    WordScan scan = new WordScan(text);
    while (at >= 0) {
      Word word = scan.wordAt(at);
      if (word == null) {
        at = text.indexOf("=?", at + 2);
        continue;
      }
      boolean neighbours = pending.size() > 0 && text.substring(shown, at).isBlank();
      if (!neighbours || !charset.equalsIgnoreCase(word.charset())) {
        out.append(Charsets.decode(pending.toByteArray(), charset).text());
        pending.reset();
      }
      if (!neighbours) {
        out.append(text, shown, at);
      }
      charset = word.charset();
      pending.writeBytes(word.bytes());
      shown = word.end();
      at = text.indexOf("=?", shown);
    }
    out.append(Charsets.decode(pending.toByteArray(), charset).text());
    return out.append(text, shown, text.length()).toString();
  }

  /// Where the encoded word that starts here ends, or -1 if none starts here.
  static int endOfWord(String text, int start) {
    if (!text.startsWith("=?", start)) {
      return -1;
    }
    Word word = new WordScan(text.substring(start, Math.min(text.length(), start + 1_000))).wordAt(0);
    return word == null ? -1 : start + word.end();
  }

  /// Encodes where needed, see [#encodeAll(String)].
  static String encode(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 127) && !text.contains("=?") ? text : encodeAll(text);
  }

  /// Encodes in words separated by spaces, none split inside a character.
  static String encodeAll(String text) {
    StringBuilder out = new StringBuilder();
    int room = (MAX_WORD - "=?UTF-8?B??=".length()) / 4 * 3;
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    text.codePoints().forEach(c -> {
      byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
      if (word.size() + bytes.length > room) {
        appendWord(out, word);
      }
      word.writeBytes(bytes);
    });
    appendWord(out, word);
    return out.toString();
  }

  private static void appendWord(StringBuilder out, ByteArrayOutputStream word) {
    out.append(out.isEmpty() ? "" : " ").append("=?UTF-8?B?")
        .append(Base64.getEncoder().encodeToString(word.toByteArray())).append("?=");
    word.reset();
  }

  private record Word(String charset, byte[] bytes, int end) {
  }

  /// Finds words in one text. The next `?=` is remembered, so that a text full of beginnings stays linear.
  private static final class WordScan {

    private final String text;
    private int nextEnd = -2;

    WordScan(String text) {
      this.text = text;
    }

    /// The word whose `=?` stands here, or null.
    Word wordAt(int start) {
      int charsetEnd = text.indexOf('?', start + 2, Math.min(text.length(), start + 2 + MAX_CHARSET));
      if (charsetEnd < start + 3 || charsetEnd + 2 >= text.length() || text.charAt(charsetEnd + 2) != '?') {
        return null;
      }
      char encoding = Character.toUpperCase(text.charAt(charsetEnd + 1));
      int content = charsetEnd + 3;
      int end = endAfter(content);
      if (end < 0 || encoding != 'B' && encoding != 'Q') {
        return null;
      }
      int nextBeginning = text.indexOf("=?", content, end);
      if (nextBeginning >= 0 && nextBeginning < end - 1) {
        return null; // this one never ended
      }
      String charset = text.substring(start + 2, charsetEnd);
      int language = charset.indexOf('*'); // RFC 2231, section 5
      String encoded = text.substring(content, end);
      byte[] bytes = encoding == 'B' ? LenientBase64.decode(encoded) : fromQ(encoded);
      return new Word(language < 0 ? charset : charset.substring(0, language), bytes, end + 2);
    }

    private int endAfter(int from) {
      if (nextEnd == -2 || nextEnd >= 0 && nextEnd < from) {
        nextEnd = text.indexOf("?=", from);
      }
      return nextEnd;
    }

    private static byte[] fromQ(String encoded) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length());
      for (int i = 0; i < encoded.length(); i++) {
        char c = encoded.charAt(i);
        int high = c == '=' && i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(encoded.charAt(i + 2), 16);
        if (low >= 0) {
          out.write(high << 4 | low);
          i += 2;
        } else if (c == '_') {
          out.write(' ');
        } else if (c < 128) {
          out.write(c);
        } else {
          int codePoint = encoded.codePointAt(i);
          out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
          i += Character.charCount(codePoint) - 1;
        }
      }
      return out.toByteArray();
    }
  }
}
