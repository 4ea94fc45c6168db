package dev.posthorn.connector.imap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What the server says, bounded before the library reads it: the library makes room for a literal (RFC 3501, section 4.3) of
/// whatever length is announced, and keeps a line of any length in memory.
final class ReplyStream extends FilterInputStream {
  /// A line may hold the numbers of all mails of a large folder.
  private static final int LONGEST_LINE = 16 << 20;

  private final int longestLiteral;
  private int line;
  private long literal;
  private boolean announced;
  private long announcing = -1;

  ReplyStream(InputStream in, int longestLiteral) {
    super(in);
    this.longestLiteral = longestLiteral;
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    if (octet >= 0) {
      hear(octet);
    }
    return octet;
  }

  @Override
  public int read(byte[] octets, int from, int length) throws IOException {
    int count = super.read(octets, from, length);
    for (int at = from; at < from + count; ) {
      if (literal > 0) {
        int skipped = (int) Math.min(literal, (long) from + count - at);
        literal -= skipped;
        at += skipped;
      } else {
        hear(octets[at++] & 0xff);
      }
    }
    return count;
  }

  private void hear(int octet) throws IOException {
    if (literal > 0) {
      literal--;
      return;
    }
    if (++line > LONGEST_LINE) {
      throw new IOException("the server says a line without end");
    }
    switch (octet) {
      case '{' -> announcing = 0;
      case '}' -> announced = announcing >= 0;
      case '\r' -> {
        // the end of the line is near
      }
      case '\n' -> endLine();
      default -> digit(octet);
    }
  }

  private void digit(int octet) throws IOException {
    announced = false;
    if (announcing < 0) {
      return;
    }
    announcing = octet >= '0' && octet <= '9' ? announcing * 10 + octet - '0' : -1;
    if (announcing > longestLiteral) {
      throw new IOException("the server announces " + announcing + " octets or more at once");
    }
  }

  private void endLine() {
    if (announced && announcing >= 0) {
      literal = announcing;
    }
    line = 0;
    announced = false;
    announcing = -1;
  }
}
