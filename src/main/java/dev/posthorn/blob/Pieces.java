package dev.posthorn.blob;

import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.IntFunction;

/// A blob as a stream: one piece in memory at a time.
final class Pieces extends InputStream {
  private final TenantId owner;
  private final IntFunction<Optional<Blobs.Piece>> read;
  private byte[] content;
  private int position;
  private int number;
  private long left;

  Pieces(TenantId owner, Blobs.Piece first, IntFunction<Optional<Blobs.Piece>> read) {
    this.owner = owner;
    this.read = read;
    this.content = first.content();
    this.left = first.wholeSize() - content.length;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == content.length) {
      if (left == 0) {
        return -1;
      }
      next();
    }
    int count = Math.min(length, content.length - position);
    System.arraycopy(content, position, target, offset, count);
    position += count;
    return count;
  }

  private void next() throws IOException {
    number++;
    var piece = Tenancy.<Optional<Blobs.Piece>, RuntimeException>in(owner, () -> read.apply(number));
    content = piece.orElseThrow(() -> new EOFException("A piece of the blob is missing")).content();
    position = 0;
    left -= content.length;
  }
}
