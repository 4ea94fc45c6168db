package dev.posthorn.blob;

import dev.posthorn.mail.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Bytes that must be those that were put there: at their end their hash is compared, and where it is another one, reading ends
/// with trouble and not with the end of the bytes.
final class Verified extends FilterInputStream {
  private final Sha256 wanted;
  private final MessageDigest digest;
  private boolean told;

  Verified(InputStream bytes, Sha256 wanted) {
    super(bytes);
    this.wanted = wanted;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      digest.update(target, offset, count);
    } else if (count < 0 && !told) {
      told = true;
      if (!Arrays.equals(digest.digest(), wanted.bytes())) {
        throw new IOException("The bytes of the blob " + wanted.hex() + " are not those that were kept");
      }
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    // What is passed over counts for the hash too.
    long left = count;
    var passed = new byte[8192];
    while (left > 0) {
      int read = read(passed, 0, (int) Math.min(left, passed.length));
      if (read < 0) {
        break;
      }
      left -= read;
    }
    return count - left;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
