package dev.posthorn.mail;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Reads numbers whose last byte comes first, and no further than it may. What it may read is known in bytes, so that a
/// length that lies leads nowhere.
final class LittleEndian extends InputStream {

  private final InputStream in;
  private long left;

  /// @param left how many bytes may be read
  LittleEndian(InputStream in, long left) {
    this.in = in;
    this.left = left;
  }

  /// How many bytes may still be read.
  long left() {
    return left;
  }

  /// A reader of the next bytes alone; what it leaves must be passed over with [#drain()] before this goes on.
  ///
  /// @throws EOFException if there are not so many
  LittleEndian part(long length) throws IOException {
    if (length < 0 || length > left) {
      throw new EOFException("a length leads behind the end");
    }
    return new LittleEndian(this, length);
  }

  /// Passes over what is left.
  void drain() throws IOException {
    skipNBytes(left);
  }

  /// Two bytes, without sign.
  int two() throws IOException {
    return one() | one() << 8;
  }

  /// Four bytes.
  int four() throws IOException {
    return two() | two() << 16;
  }

  /// Four bytes that are a length or a number of things.
  ///
  /// @throws EOFException if there cannot be so many
  int count() throws IOException {
    int count = four();
    if (count < 0 || count > left) {
      throw new EOFException("a number is too large");
    }
    return count;
  }

  private int one() throws IOException {
    int b = read();
    if (b < 0) {
      throw new EOFException();
    }
    return b;
  }

  @Override
  public int read() throws IOException {
    int b = left > 0 ? in.read() : -1;
    left -= b < 0 ? 0 : 1;
    return b;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (left == 0 && length > 0) {
      return -1;
    }
    int count = in.read(bytes, from, (int) Math.min(length, left));
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(Math.min(count, left));
    left -= skipped;
    return skipped;
  }
}
