package dev.posthorn.blob;

import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// A blob of PostgreSQL as a stream: one piece in memory at a time. What is moved to the bucket while it is read is read on
/// there.
final class Pieces extends InputStream {
  private final TenantId owner;
  private final Source source;
  private byte[] content;
  private int position;
  private int number;
  private final long wholeSize;
  private long left;
  private InputStream rest;

  /// Where the pieces come from.
  interface Source {
    Optional<Blobs.Piece> piece(int number);

    /// What follows, after a piece was missing.
    ///
    /// @param from how much was read already
    /// @throws IOException it is nowhere
    InputStream moved(long from) throws IOException;
  }

  Pieces(TenantId owner, Blobs.Piece first, Source source) {
    this.owner = owner;
    this.source = source;
    this.content = first.content();
    this.wholeSize = first.wholeSize();
    this.left = wholeSize - content.length;
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
    if (rest == null && position == content.length) {
      if (left == 0) {
        return -1;
      }
      next();
    }
    if (rest != null) {
      return rest.read(target, offset, length);
    }
    int count = Math.min(length, content.length - position);
    System.arraycopy(content, position, target, offset, count);
    position += count;
    return count;
  }

  private void next() throws IOException {
    number++;
    var piece = Tenancy.<Optional<Blobs.Piece>, RuntimeException>in(owner, () -> source.piece(number));
    if (piece.isEmpty()) {
      rest = Tenancy.<InputStream, IOException>in(owner, () -> source.moved(wholeSize - left));
      return;
    }
    content = piece.get().content();
    position = 0;
    left -= content.length;
  }

  @Override
  public void close() throws IOException {
    if (rest != null) {
      rest.close();
    }
  }
}
