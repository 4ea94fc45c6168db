package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// Room for the bytes of one mail: some in memory, the rest in one temporary file, however many pieces there are (a
/// file each would let a mail of many parts use up the process's open files). Pieces are written one after the other.
///
/// The file loses its name as soon as it is open, where the system can do that: nothing stays behind, even after a
/// crash. Interrupting a thread that reads or writes it closes it, as with every [FileChannel].
final class Scratch implements Closeable {

  private int memoryLeft;
  private final TimeBudget time;
  private FileChannel file;
  private long fileEnd;
  private boolean closed;

  /// @param memoryBytes how many bytes, over all pieces, may stay in memory
  /// @param time        checked whenever something is written
  Scratch(int memoryBytes, TimeBudget time) {
    this.memoryLeft = memoryBytes;
    this.time = time;
  }

  /// Starts a piece of at most `maxBytes`; the one before must be finished or closed.
  Piece begin(long maxBytes) {
    return new Piece(maxBytes);
  }

  InputStream read(long offset, long size) {
    return new Reading(offset, size);
  }

  /// Frees memory and disk; contents that lay in the file can no longer be read.
  @Override
  public void close() {
    closed = true;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private FileChannel file() throws IOException {
    if (closed) {
      throw new IOException("the mail that these bytes belong to is closed");
    }
    if (file == null) {
      Path path = Files.createTempFile("posthorn-", ".part");
      file = FileChannel.open(path,
          StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }
    return file;
  }

  /// One piece being written, hashed on the way.
  final class Piece extends OutputStream {

    private final long maxBytes;
    private final MessageDigest digest = Sha256.newDigest();
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final long offset = fileEnd;
    private long size;

    private Piece(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length > maxBytes - size) {
        throw new Spool.TooLarge(maxBytes);
      }
      time.check();
      digest.update(bytes, from, length);
      size += length;
      if (memory != null && size <= memoryLeft) {
        memory.write(bytes, from, length);
        return;
      }
      if (memory != null) {
        byte[] before = memory.toByteArray();
        memory = null;
        append(before, 0, before.length);
      }
      append(bytes, from, length);
    }

    /// Ends the piece and gives what was written.
    Content finish() {
      Sha256 sha256 = Sha256.of(digest.digest());
      if (memory == null) {
        return Content.inFile(Scratch.this, offset, size, sha256);
      }
      memoryLeft -= memory.size();
      return Content.inMemory(memory.toByteArray(), sha256);
    }

    /// Forgets what was written so far.
    void discard() {
      memory = null;
      fileEnd = offset;
    }

    private void append(byte[] bytes, int from, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
      while (buffer.hasRemaining()) {
        fileEnd += file().write(buffer, fileEnd);
      }
    }
  }

  private final class Reading extends InputStream {

    private long position;
    private final long end;

    private Reading(long offset, long size) {
      this.position = offset;
      this.end = offset + size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position >= end) {
        return -1;
      }
      int wanted = (int) Math.min(length, end - position);
      int count = file().read(ByteBuffer.wrap(bytes, from, wanted), position);
      if (count < 0) {
        throw new IOException("a temporary file is shorter than what was written to it");
      }
      position += count;
      return count;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.clamp(count, 0, end - position);
      position += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - position);
    }
  }
}
