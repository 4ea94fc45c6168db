package dev.posthorn.mail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/// Undoes Content-Transfer-Encoding (RFC 2045, section 6) and uuencode. Damage is passed over: what can be decoded is.
final class TransferDecoding {

  private static final int BUFFER = 8_192;
  private static final int MAX_UU_LINE = 200;

  private TransferDecoding() {
  }

  /// Copies the decoded bytes; an unknown encoding is copied as it stands.
  ///
  /// @return false if something could not be decoded
  static boolean copy(InputStream encoded, String encoding, OutputStream out) throws IOException {
    switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "base64" -> {
        return LenientBase64.copy(encoded, out);
      }
      case "quoted-printable" -> copyAll(new QuotedPrintableInputStream(encoded), out);
      case "x-uuencode", "x-uue", "x-uu", "uuencode" -> {
        return copyUuencoded(encoded, out);
      }
      default -> copyAll(encoded, out);
    }
    return true;
  }

  private static void copyAll(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
  }

  /// Lines between `begin MODE NAME` and `end`; the first character of each says how many bytes it holds.
  private static boolean copyUuencoded(InputStream encoded, OutputStream out) throws IOException {
    boolean begun = false;
    InputStream in = new BufferedInputStream(encoded, BUFFER);
    for (String line = uuLine(in); line != null; line = uuLine(in)) {
      if (!begun) {
        begun = line.startsWith("begin ");
      } else if (line.equals("end")) {
        in.transferTo(OutputStream.nullOutputStream());
        return true;
      } else {
        decodeUuLine(line, out);
      }
    }
    return false;
  }

  /// The next line, of which no more than can mean something; null at the end.
  private static String uuLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (line.length() < MAX_UU_LINE && b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private static void decodeUuLine(String line, OutputStream out) throws IOException {
    int length = line.isEmpty() ? 0 : line.charAt(0) - ' ' & 63;
    byte[] bytes = new byte[length + 3];
    int filled = 0;
    for (int i = 1; filled < length; i += 4) {
      int quad = uu(line, i) << 18 | uu(line, i + 1) << 12 | uu(line, i + 2) << 6 | uu(line, i + 3);
      bytes[filled++] = (byte) (quad >> 16);
      bytes[filled++] = (byte) (quad >> 8);
      bytes[filled++] = (byte) quad;
    }
    out.write(bytes, 0, length);
  }

  /// Lost trailing spaces read as zero.
  private static int uu(String line, int index) {
    return index < line.length() ? line.charAt(index) - ' ' & 63 : 0;
  }
}
