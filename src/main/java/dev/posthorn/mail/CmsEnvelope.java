package dev.posthorn.mail;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/// The outermost layer of a CMS message (RFC 5652), as far as it takes to reach what is inside it: no certificate, no
/// signature and no key is looked at. Reads BER as well as DER, for Outlook and OpenSSL write lengths that are not known
/// beforehand and content in pieces.
final class CmsEnvelope {

  /// What a message is.
  enum Kind {
    /// Signed, with the content inside (RFC 5652, section 5).
    SIGNED,
    /// Compressed (RFC 3274).
    COMPRESSED,
    /// For the owner of a key alone (RFC 5652, section 6; RFC 5083).
    ENCRYPTED,
    /// Without content: certificates, or a signature of something elsewhere.
    OTHER
  }

  private static final int SEQUENCE = 0x30;
  private static final int OBJECT_ID = 0x06;
  private static final int EXPLICIT = 0xA0;
  private static final int OCTETS = 0x04;
  private static final int OCTETS_IN_PIECES = 0x24;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_OBJECT_ID = 64;
  private static final long UNKNOWN = -1;

  private static final String PKCS_7 = "2a864886f70d0107";
  private static final String SMIME_CONTENT = "2a864886f70d01091001";

  private final InputStream in;
  private long position;
  private Kind kind = Kind.OTHER;
  private InputStream content = InputStream.nullInputStream();
  private boolean damaged;

  private CmsEnvelope(InputStream in) {
    this.in = in;
  }

  /// It is no CMS message, or one that breaks off before its content.
  static final class NotCms extends IOException {

    NotCms(String why) {
      super(why);
    }
  }

  /// Reads up to the content.
  ///
  /// @throws NotCms, EOFException if it cannot be read that far
  static CmsEnvelope read(InputStream in) throws IOException {
    CmsEnvelope envelope = new CmsEnvelope(new BufferedInputStream(in));
    envelope.readHead();
    return envelope;
  }

  Kind kind() {
    return kind;
  }

  /// What is inside a signed or a compressed one; readable once.
  InputStream content() {
    return content;
  }

  /// Whether the content broke off, known once it is read.
  boolean isDamaged() {
    return damaged;
  }

  private void readHead() throws IOException {
    expect(SEQUENCE);
    String type = objectId();
    Kind said = switch (type) {
      case PKCS_7 + "02" -> Kind.SIGNED;
      case SMIME_CONTENT + "09" -> Kind.COMPRESSED;
      case PKCS_7 + "03", SMIME_CONTENT + "17" -> Kind.ENCRYPTED;
      default -> Kind.OTHER;
    };
    if (said == Kind.SIGNED || said == Kind.COMPRESSED) {
      expect(EXPLICIT);
      expect(SEQUENCE);
      skipElement(); // version
      skipElement(); // algorithms
      long length = expect(SEQUENCE);
      long end = length == UNKNOWN ? Long.MAX_VALUE : position + length;
      objectId();
      if (position >= end || read() != EXPLICIT) {
        return; // what follows are certificates
      }
      length();
      content = said == Kind.SIGNED ? new Octets() : new Inflated(new Octets());
    }
    kind = said;
  }

  private long expect(int tag) throws IOException {
    if (read() != tag) {
      throw new NotCms("another element was expected");
    }
    return length();
  }

  private String objectId() throws IOException {
    int tag = read();
    long length = length();
    if (tag != OBJECT_ID || length < 1 || length > MAX_OBJECT_ID) {
      throw new NotCms("an object identifier was expected");
    }
    byte[] id = new byte[(int) length];
    for (int i = 0; i < id.length; i++) {
      id[i] = (byte) read();
    }
    return HexFormat.of().formatHex(id);
  }

  /// Passes over one element; of unknown length are only those that hold others, up to two zeros (X.690, 8.1.5).
  private void skipElement() throws IOException {
    int open = 0;
    do {
      int tag = read();
      long length = length();
      if (length == UNKNOWN) {
        open++;
      } else if (tag == 0 && length == 0) {
        open--;
      } else {
        in.skipNBytes(length);
        position += length;
      }
      if (open > MAX_DEPTH) {
        throw new NotCms("elements are too deep inside each other");
      }
    } while (open > 0);
  }

  /// X.690, 8.1.3; [#UNKNOWN] if the end will be marked.
  private long length() throws IOException {
    int first = read();
    if (first < 0x80) {
      return first;
    }
    long length = 0;
    for (int i = first & 0x7f; i > 0; i--) {
      length = length << 8 | read();
      if (length > Integer.MAX_VALUE) {
        throw new NotCms("an element is too long");
      }
    }
    return first == 0x80 ? UNKNOWN : length;
  }

  private int read() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException();
    }
    position++;
    return b;
  }

  /// The bytes of an octet string, which may be in pieces, and these in pieces again (X.690, 8.7.3).
  private final class Octets extends InputStream {

    /// Where each string that is open ends.
    private final Deque<Long> ends = new ArrayDeque<>();
    private long left;
    private boolean begun;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      try {
        while (left == 0 && !ended) {
          nextPiece();
        }
        if (ended) {
          return -1;
        }
        int got = in.read(bytes, from, (int) Math.min(count, left));
        if (got < 0) {
          throw new EOFException();
        }
        position += got;
        left -= got;
        return got;
      } catch (EOFException | NotCms e) {
        damaged = true;
        ended = true;
        return -1;
      }
    }

    private void nextPiece() throws IOException {
      while (!ends.isEmpty() && ends.element() != UNKNOWN && position >= ends.element()) {
        ends.pop();
      }
      if (begun && ends.isEmpty()) {
        ended = true;
        return;
      }
      begun = true;
      int tag = CmsEnvelope.this.read();
      long length = length();
      if (tag == OCTETS && length != UNKNOWN) {
        left = length;
      } else if (tag == OCTETS_IN_PIECES && ends.size() < MAX_DEPTH) {
        ends.push(length == UNKNOWN ? UNKNOWN : position + length);
      } else if (tag == 0 && length == 0 && !ends.isEmpty() && ends.pop() == UNKNOWN) {
        ended = ends.isEmpty();
      } else {
        throw new NotCms("content is an octet string");
      }
    }
  }

  /// Ends early where the compression is damaged.
  private final class Inflated extends InflaterInputStream {

    Inflated(InputStream compressed) {
      super(compressed);
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      try {
        return super.read(bytes, from, count);
      } catch (EOFException | ZipException e) {
        damaged = true;
        return -1;
      }
    }
  }
}
