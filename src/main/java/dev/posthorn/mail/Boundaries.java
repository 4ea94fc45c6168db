package dev.posthorn.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for boundaries where the header does not say, or says wrongly, what they are.
final class Boundaries {

  /// How many bytes are looked at.
  static final int SNIFFED = 8_192;

  private static final Pattern DELIMITER = Pattern.compile("(?im)^--([^\\r\\n]{1,70}?)\\s*\\n(?:content-|mime-)");

  private Boundaries() {
  }

  /// The boundary that a multipart forgot to name: a line of two dashes and more, followed by a header of a part; "" if
  /// there is none.
  static String sniffed(Content content, long bodyOffset) throws IOException {
    Matcher found = DELIMITER.matcher(head(content, bodyOffset));
    return found.find() ? found.group(1) : "";
  }

  /// Whether the beginning of a body has a line that this boundary begins.
  static boolean stands(String boundary, Content content, long bodyOffset) throws IOException {
    return ("\n" + head(content, bodyOffset)).contains("\n--" + boundary);
  }

  private static String head(Content content, long bodyOffset) throws IOException {
    try (InputStream in = content.open()) {
      in.skipNBytes(bodyOffset);
      return new String(in.readNBytes(SNIFFED), StandardCharsets.ISO_8859_1);
    }
  }
}
