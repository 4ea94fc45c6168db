package dev.posthorn.ingress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;

/// The content of one DATA, with the stuffed dots taken out (RFC 5321 4.5.2).
///
/// It ends at `CRLF.CRLF` and nowhere else. A dot framed by anything with a bare LF or a bare CR (`LF.LF`, `LF.CRLF`,
/// `CRLF.LF`, `CR.CR`, `CRLF.CR` ...) is content: a sender's server that let such a thing through as content cannot be
/// used to smuggle a second mail behind it (the class of CVE-2023-51764). Bare LF and CR are not refused, because real
/// mail has them, and not changed, because the original is kept. Nor can they be used to smuggle outward: the stream that
/// mail goes out by makes CRLF of each of them and doubles the dot behind it (`OutwardSmugglingTest`).
final class DotStream extends InputStream {

  private enum At { LINE_START, DOT, DOT_CR, TEXT, CR, END }

  private final WireInput wire;
  private final Duration silence;
  private final long deadline;
  private At at = At.LINE_START;
  private int pushedBack = -1;

  /// @param silence  the longest wait for the next octet
  /// @param deadline the moment (of `System.nanoTime`) when all must be here
  DotStream(WireInput wire, Duration silence, long deadline) {
    this.wire = wire;
    this.silence = silence;
    this.deadline = deadline;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// @throws EOFException the client went away before the final dot
  /// @throws java.net.SocketTimeoutException it was silent for too long, or too slow altogether
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) return 0;
    int given = 0;
    while (given < length && at != At.END) {
      // What is here already is handed on before waiting for more.
      if (given > 0 && pushedBack < 0 && wire.waiting() == 0) break;
      var octet = step();
      if (octet >= 0) into[offset + given++] = (byte) octet;
    }
    return given == 0 ? -1 : given;
  }

  /// One octet of content, or -1 where the one read was only framing.
  private int step() throws IOException {
    var octet = nextOctet();
    return switch (at) {
      case LINE_START -> octet == '.' ? framing(At.DOT) : text(octet);
      case DOT -> octet == '\r' ? framing(At.DOT_CR) : text(octet);
      case DOT_CR -> octet == '\n' ? framing(At.END) : text('\r', octet);
      case CR -> octet == '\n' ? lineEnd() : text(octet);
      case TEXT -> text(octet);
      case END -> throw new EOFException();
    };
  }

  private int framing(At now) {
    at = now;
    return -1;
  }

  private int lineEnd() {
    at = At.LINE_START;
    return '\n';
  }

  /// The dot before was stuffing after all: its CR is content, and what follows is looked at again.
  private int text(int octet, int following) {
    pushedBack = following;
    return text(octet);
  }

  private int text(int octet) {
    at = octet == '\r' ? At.CR : At.TEXT;
    return octet;
  }

  private int nextOctet() throws IOException {
    if (pushedBack >= 0) {
      var octet = pushedBack;
      pushedBack = -1;
      return octet;
    }
    var octet = wire.waiting() > 0 ? wire.octet(deadline) : wire.octet(Math.min(WireInput.in(silence), deadline));
    if (octet < 0) throw new EOFException();
    return octet;
  }
}
