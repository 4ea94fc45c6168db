package dev.posthorn.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// The list of files at the end of a zip, before anybody reads it: the JDK does so as a whole, into memory (APPNOTE.TXT, sections 4.3.12 to 4.3.16).
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LENGTH_IN_END = 12;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int OFFSET_IN_LOCATOR = 8;
  private static final int LARGE_END_BYTES = 56;
  private static final int LENGTH_IN_LARGE_END = 40;
  private static final int MAX_COMMENT = 0xffff;
  private static final long ELSEWHERE = 0xffffffffL;

  private ZipDirectory() {}

  /// Whichever of the places that look like the end is taken for it: none may say more.
  ///
  /// @throws TooMuch where the list may be longer than allowed
  static void demandShort(Path file, long maxBytes) throws IOException {
    try (var zip = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(zip.length(), (long) MAX_COMMENT + END_BYTES + LOCATOR_BYTES);
      var tail = new byte[length];
      zip.seek(zip.length() - length);
      zip.readFully(tail);
      var end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at + LOCATOR_BYTES <= length; at++) {
        int signature = end.getInt(at);
        if (signature == END && at + END_BYTES <= length) {
          long said = Integer.toUnsignedLong(end.getInt(at + LENGTH_IN_END));
          demand(said == ELSEWHERE ? 0 : said, maxBytes);
        } else if (signature == LOCATOR) {
          demand(large(zip, end.getLong(at + OFFSET_IN_LOCATOR)), maxBytes);
        }
      }
    }
  }

  /// Of a zip with more files than the old form counts.
  private static long large(RandomAccessFile zip, long offset) throws IOException {
    if (offset < 0 || offset > zip.length() - LARGE_END_BYTES) {
      return 0;
    }
    var record = new byte[LARGE_END_BYTES];
    zip.seek(offset);
    zip.readFully(record);
    return ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getLong(LENGTH_IN_LARGE_END);
  }

  private static void demand(long said, long maxBytes) {
    if (said < 0 || said > maxBytes) {
      throw new TooMuch("The list of its files is longer than " + maxBytes + " bytes.");
    }
  }
}
