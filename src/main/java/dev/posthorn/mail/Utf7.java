package dev.posthorn.mail;

import java.nio.charset.StandardCharsets;

/// UTF-7 (RFC 2152), which Java does not know: ASCII, with runs of UTF-16 in base64 between `+` and `-`.
final class Utf7 {

  private Utf7() {
  }

  static String decode(byte[] bytes) {
    String in = new String(bytes, StandardCharsets.ISO_8859_1);
    StringBuilder out = new StringBuilder(in.length());
    int at = 0;
    while (at < in.length()) {
      char c = in.charAt(at++);
      if (c != '+') {
        out.append(c);
        continue;
      }
      int end = at;
      while (end < in.length() && sextet(in.charAt(end)) >= 0) {
        end++;
      }
      if (end == at) {
        out.append('+');
      } else {
        appendShifted(in, at, end, out);
      }
      at = end < in.length() && in.charAt(end) == '-' ? end + 1 : end;
    }
    return CleanText.of(out.toString());
  }

  private static void appendShifted(String in, int from, int to, StringBuilder out) {
    int bits = 0;
    int held = 0;
    for (int i = from; i < to; i++) {
      held = held << 6 | sextet(in.charAt(i));
      bits += 6;
      if (bits >= 16) {
        bits -= 16;
        out.append((char) (held >>> bits));
        held &= (1 << bits) - 1;
      }
    }
  }

  private static int sextet(char c) {
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".indexOf(c);
  }
}
