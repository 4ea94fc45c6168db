package dev.posthorn.mail;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/// Bytes of known length and hash, in memory or in the temporary file of whoever made them. Readable any number of
/// times, also at the same time, until that owner (a [RawMail] or a [Mail]) is closed.
public final class Content {

  private final Bytes bytes;
  private final long size;
  private final Sha256 sha256;

  private Content(Bytes bytes, long size, Sha256 sha256) {
    this.bytes = bytes;
    this.size = size;
    this.sha256 = sha256;
  }

  /// Content that lies in memory; the array must not be changed afterwards.
  public static Content of(byte[] bytes) {
    return inMemory(bytes, Sha256.digest(bytes));
  }

  static Content inMemory(byte[] bytes, Sha256 sha256) {
    return new Content(new InMemory(bytes), bytes.length, sha256);
  }

  static Content inFile(Scratch scratch, long offset, long size, Sha256 sha256) {
    return new Content(new InFile(scratch, offset), size, sha256);
  }

  /// Length in bytes.
  public long size() {
    return size;
  }

  /// Hash of all the bytes.
  public Sha256 sha256() {
    return sha256;
  }

  /// The bytes from the start. Reading fails with an [java.io.IOException] once the owner is closed.
  public InputStream open() {
    return switch (bytes) {
      case InMemory(byte[] array) -> new ByteArrayInputStream(array);
      case InFile(Scratch scratch, long offset) -> scratch.read(offset, size);
    };
  }

  @Override
  public String toString() {
    return "Content[" + size + " bytes, " + sha256 + "]";
  }

  private sealed interface Bytes permits InMemory, InFile {
  }

  private record InMemory(byte[] array) implements Bytes {
  }

  private record InFile(Scratch scratch, long offset) implements Bytes {
  }
}
