package dev.posthorn.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// How many bytes came out of a zip: a small file may hold a thousand times as many. What each turn reads again to find its place is counted
/// anew in each; what the mails came to is remembered from turn to turn.
final class Inflation {
  private final long max;
  private long mails;
  private long lines;

  /// @param mails bytes that earlier turns read of them
  Inflation(long mails, long max) {
    this.mails = mails;
    this.max = max;
  }

  /// Bytes of mails so far.
  long mails() {
    return mails;
  }

  /// @throws TooMuch while reading, where it is more than allowed
  InputStream ofMails(InputStream in) {
    return new Counting(in, true);
  }

  /// @throws TooMuch while reading, where it is more than allowed
  InputStream ofLines(InputStream in) {
    return new Counting(in, false);
  }

  private void count(boolean ofMails, long bytes) {
    if (ofMails) {
      mails += bytes;
    } else {
      lines += bytes;
    }
    if (mails + lines > max) {
      throw new TooMuch("There are more than " + max + " bytes in it.");
    }
  }

  private final class Counting extends FilterInputStream {
    private final boolean ofMails;

    Counting(InputStream in, boolean ofMails) {
      super(in);
      this.ofMails = ofMails;
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      count(ofMails, octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(ofMails, Math.max(0, read));
      return read;
    }
  }
}
