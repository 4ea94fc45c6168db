package dev.posthorn.mail;

import java.io.IOException;
import java.io.OutputStream;

/// Collects a mail while it arrives: in memory as long as it is small, then in a temporary file, hashed on the way.
///
/// Ends in one of two ways: [#toRawMail()] hands the bytes on, [#close()] without it throws them away.
public final class Spool extends OutputStream {

  private final Scratch scratch;
  private final Scratch.Piece piece;
  private boolean handedOn;
  private boolean closed;

  /// @param maxBytes    more than this is refused with [TooLarge]
  /// @param memoryBytes more than this goes to a temporary file
  public Spool(long maxBytes, int memoryBytes) {
    this.scratch = new Scratch(memoryBytes, TimeBudget.NONE);
    this.piece = scratch.begin(maxBytes);
  }

  @Override
  public void write(int b) throws IOException {
    demandOpen();
    piece.write(b);
  }

  /// @throws TooLarge if these bytes would exceed the limit; none of them is taken then
  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    demandOpen();
    piece.write(bytes, from, length);
  }

  /// What was written, which the caller must close. Nothing can be written any more.
  public RawMail toRawMail() {
    if (handedOn || closed) {
      throw new IllegalStateException("the spool has ended");
    }
    handedOn = true;
    return new RawMail(piece.finish(), scratch);
  }

  /// Throws the bytes away, unless they were handed on.
  @Override
  public void close() {
    closed = true;
    if (!handedOn) {
      scratch.close();
    }
  }

  private void demandOpen() throws IOException {
    if (handedOn || closed) {
      throw new IOException("the spool has ended");
    }
  }

  /// There are more bytes than allowed: a refusal, not trouble.
  public static final class TooLarge extends IOException {

    private final long maxBytes;

    TooLarge(long maxBytes) {
      super("more than " + maxBytes + " bytes");
      this.maxBytes = maxBytes;
    }

    /// The limit, in bytes.
    public long maxBytes() {
      return maxBytes;
    }
  }
}
