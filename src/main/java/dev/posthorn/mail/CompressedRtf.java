package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Rich text as Outlook compresses it ([MS-OXRTFCP]): references into a ring of the last 4,096 bytes, which begins with
/// words that every rich text has.
final class CompressedRtf {

  private static final int HEADER = 16;
  private static final int COMPRESSED = 0x75465A4C;   // LZFu
  private static final int UNCOMPRESSED = 0x414C454D; // MELA
  private static final int RING = 4_096;
  private static final byte[] BEGINNING = ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss "
      + "\\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
      + "\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx").getBytes(StandardCharsets.US_ASCII);

  private final byte[] in;
  private final int maxBytes;
  private final byte[] ring = new byte[RING];
  private int write = BEGINNING.length;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private CompressedRtf(byte[] in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
    System.arraycopy(BEGINNING, 0, ring, 0, BEGINNING.length);
  }

  /// The rich text, as far as it can be read and is not longer than it may be; empty if this is none.
  static Optional<byte[]> decompress(byte[] bytes, int maxBytes) {
    if (bytes.length < HEADER) {
      return Optional.empty();
    }
    CompressedRtf rtf = new CompressedRtf(bytes, maxBytes);
    return switch (rtf.four(8)) {
      case COMPRESSED -> Optional.of(rtf.inflated());
      case UNCOMPRESSED -> Optional.of(rtf.copied());
      default -> Optional.empty();
    };
  }

  private byte[] copied() {
    int size = Math.clamp(four(4), 0, Math.min(maxBytes, in.length - HEADER));
    out.write(in, HEADER, size);
    return out.toByteArray();
  }

  /// Eight things behind each byte of flags: a byte as it is, or where the next ones were before. A reference to where
  /// writing goes on is the end.
  private byte[] inflated() {
    int at = HEADER;
    while (at < in.length && out.size() < maxBytes) {
      int flags = in[at++];
      for (int bit = 0; bit < 8 && at < in.length; bit++) {
        if ((flags >> bit & 1) == 0) {
          emit(in[at++]);
          continue;
        }
        if (at + 1 >= in.length) {
          return out.toByteArray();
        }
        int reference = (in[at] & 0xff) << 8 | in[at + 1] & 0xff;
        at += 2;
        int from = reference >> 4;
        if (from == write) {
          return out.toByteArray();
        }
        for (int i = (reference & 0xf) + 2; i > 0; i--) {
          emit(ring[from]);
          from = (from + 1) % RING;
        }
      }
    }
    return out.toByteArray();
  }

  private void emit(byte b) {
    if (out.size() < maxBytes) {
      out.write(b);
    }
    ring[write] = b;
    write = (write + 1) % RING;
  }

  private int four(int at) {
    return in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
  }
}
