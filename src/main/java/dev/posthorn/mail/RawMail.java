package dev.posthorn.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The very bytes of one mail, as they came or as they will go. Made by [#of(byte\[\])] or by a [Spool].
public final class RawMail implements AutoCloseable {

  private final Content content;
  private final Scratch scratch;

  RawMail(Content content, Scratch scratch) {
    this.content = content;
    this.scratch = scratch;
  }

  /// A mail that is in memory already; the array must not be changed afterwards.
  public static RawMail of(byte[] bytes) {
    return new RawMail(Content.of(bytes), new Scratch(0, TimeBudget.NONE));
  }

  /// Length in bytes.
  public long size() {
    return content.size();
  }

  /// Hash of all the bytes.
  public Sha256 sha256() {
    return content.sha256();
  }

  /// The bytes from the start, any number of times until this is closed.
  public InputStream open() {
    return content.open();
  }

  /// The first `count` bytes, or all if there are fewer.
  public byte[] head(int count) {
    try (InputStream in = open()) {
      return in.readNBytes(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same bytes as a content; it ends with this mail.
  public Content content() {
    return content;
  }

  /// Deletes the temporary file, if there is one.
  @Override
  public void close() {
    scratch.close();
  }

  @Override
  public String toString() {
    return "RawMail[" + size() + " bytes, " + sha256() + "]";
  }
}
