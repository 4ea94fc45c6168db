package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Decodes base64 as it comes in mail (RFC 2045, section 6.8): with strangers inside, without its end, in several
/// padded blocks, or with a footer that a mailing list put under it.
final class LenientBase64 {

  private static final int BUFFER = 8_192;
  private static final int SMALL_BUFFER = 128;
  private static final byte[] SEXTETS = sextets();

  private final OutputStream out;
  private final byte[] line;
  private int lineLength;
  private final byte[] decoded;
  private int decodedCount;
  private int held;
  private int bits;
  private boolean padded;
  private boolean ended;
  private boolean sound = true;

  private LenientBase64(OutputStream out, int buffer) {
    this.out = out;
    this.line = new byte[buffer];
    this.decoded = new byte[buffer];
  }

  /// Copies decoded.
  ///
  /// @return false if something was damaged
  static boolean copy(InputStream encoded, OutputStream out) throws IOException {
    LenientBase64 decoding = new LenientBase64(out, BUFFER);
    byte[] buffer = new byte[BUFFER];
    for (int count = encoded.read(buffer); count >= 0; count = encoded.read(buffer)) {
      for (int i = 0; i < count; i++) {
        decoding.take(buffer[i]);
      }
    }
    return decoding.end();
  }

  /// Decodes the base64 of an encoded word.
  static byte[] decode(String encoded) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length() * 3 / 4 + 3);
    LenientBase64 decoding = new LenientBase64(out, SMALL_BUFFER);
    try {
      for (byte b : encoded.getBytes(StandardCharsets.ISO_8859_1)) {
        decoding.take(b);
      }
      decoding.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private boolean end() throws IOException {
    endLine();
    endRun();
    out.write(decoded, 0, decodedCount);
    return sound;
  }

  /// Lines that are longer than the buffer come in pieces, which makes no difference to the decoding.
  private void take(byte b) throws IOException {
    if (b == '\n' || lineLength == line.length) {
      endLine();
    }
    boolean indent = lineLength == 0 && isSpace(b);
    if (b != '\n' && !indent) {
      line[lineLength++] = b;
    }
  }

  /// Decodes a line. Single strangers are passed over; a line with many is a footer, and so is one after padding that
  /// is not wholly base64: with it the content ends. A block after padding goes on with the content.
  private void endLine() throws IOException {
    int length = lineLength;
    lineLength = 0;
    while (length > 0 && isSpace(line[length - 1])) {
      length--;
    }
    if (length == 0 || ended) {
      return;
    }
    int strangers = strangers(length);
    sound &= strangers == 0;
    boolean footer = padded ? strangers > 0 || !isOnlyPadding(length) && length % 4 != 0 : strangers * 8 > length;
    if (footer) {
      ended = true;
      sound = false;
      return;
    }
    for (int i = 0; i < length; i++) {
      int sextet = SEXTETS[line[i] & 0xff];
      if (sextet >= 0) {
        decode(sextet);
      } else if (line[i] == '=') {
        endRun();
      }
    }
    padded = line[length - 1] == '=';
  }

  private int strangers(int length) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += SEXTETS[line[i] & 0xff] < 0 && line[i] != '=' ? 1 : 0;
    }
    return count;
  }

  private boolean isOnlyPadding(int length) {
    return length <= 2 && line[0] == '=';
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  private void decode(int sextet) throws IOException {
    held = held << 6 | sextet;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      emit(held >>> bits);
      held &= (1 << bits) - 1;
    }
  }

  private void emit(int b) throws IOException {
    decoded[decodedCount++] = (byte) b;
    if (decodedCount == decoded.length) {
      out.write(decoded);
      decodedCount = 0;
    }
  }

  /// Six bits left over are the beginning of a byte whose rest is missing.
  private void endRun() {
    sound &= bits != 6;
    bits = 0;
    held = 0;
  }

  private static byte[] sextets() {
    byte[] table = new byte[256];
    Arrays.fill(table, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      table[alphabet.charAt(i)] = (byte) i;
    }
    return table;
  }
}
