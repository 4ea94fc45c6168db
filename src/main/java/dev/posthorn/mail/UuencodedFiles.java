package dev.posthorn.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds files that stand in the text of a mail as `begin 644 name` … `end`, the way before MIME (POSIX uuencode). Only what
/// is whole and well-formed to its end counts: all else is text that happens to begin like it.
final class UuencodedFiles {

  private static final Pattern BEGIN = Pattern.compile("begin [0-7]{3,4} (\\S.{0,250})");
  private static final byte[] MARK = "begin ".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 8_192;
  private static final int MAX_LINE = 300;
  private static final int MAX_FILES = 1_000;

  /// A file in a text.
  ///
  /// @param start where its `begin` stands
  /// @param end   behind the line with its `end`
  record Found(long start, long end, String name) {
  }

  private final InputStream in;
  private long position;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<Found> found = new ArrayList<>();

  private UuencodedFiles(InputStream in) {
    this.in = in;
  }

  /// In the order of the text.
  static List<Found> in(Content text) throws IOException {
    if (!mentionsBegin(text)) {
      return List.of();
    }
    try (InputStream in = new BufferedInputStream(text.open())) {
      UuencodedFiles files = new UuencodedFiles(in);
      files.scan();
      return files.found;
    }
  }

  /// Nearly every text does not, and is looked at no further.
  private static boolean mentionsBegin(Content text) throws IOException {
    try (InputStream in = text.open()) {
      byte[] buffer = new byte[(int) Math.min(BUFFER, text.size())];
      int matched = 0;
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        for (int i = 0; i < count; i++) {
          matched = buffer[i] == MARK[matched] ? matched + 1 : buffer[i] == MARK[0] ? 1 : 0;
          if (matched == MARK.length) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private void scan() throws IOException {
    long start = -1;
    String name = "";
    int lines = 0;
    for (long at = 0; found.size() < MAX_FILES && readLine(); at = position) {
      String read = line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      Matcher begin = read.startsWith("begin ") ? BEGIN.matcher(read) : null;
      if (begin != null && begin.matches()) {
        start = at;
        name = Charsets.guess(begin.group(1).getBytes(StandardCharsets.ISO_8859_1));
        lines = 0;
      } else if (start >= 0 && lines > 0 && read.equals("end")) {
        found.add(new Found(start, position, name));
        start = -1;
      } else if (start >= 0) {
        boolean data = isUuencoded(read);
        start = data ? start : -1;
        lines += data ? 1 : 0;
      }
    }
  }

  /// Up to LF or the end; of a long line the beginning.
  private boolean readLine() throws IOException {
    line.reset();
    int b = in.read();
    if (b < 0) {
      return false;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      position++;
      if (line.size() < MAX_LINE) {
        line.write(b);
      }
    }
    position += b < 0 ? 0 : 1;
    return true;
  }

  /// The first character says how many bytes follow, 45 in whole lines; spaces at the end may be lost, and some put a sum
  /// behind it.
  private static boolean isUuencoded(String read) {
    if (read.isEmpty()) {
      return true; // zero bytes, said by a space that was lost
    }
    int bytes = read.charAt(0) - ' ' & 63;
    return read.length() <= 1 + (bytes + 2) / 3 * 4 + 2 && read.chars().allMatch(c -> c >= ' ' && c <= '`');
  }

  /// The text without the files in it.
  static InputStream textAround(Content text, List<Found> files) {
    return new TextAround(text.open(), new ArrayDeque<>(files));
  }

  private static final class TextAround extends InputStream {

    private final InputStream in;
    private final Deque<Found> left;
    private long position;

    TextAround(InputStream in, Deque<Found> left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      while (!left.isEmpty() && position == left.element().start()) {
        Found file = left.remove();
        in.skipNBytes(file.end() - position);
        position = file.end();
      }
      long most = left.isEmpty() ? length : Math.min(length, left.element().start() - position);
      int count = in.read(bytes, from, (int) most);
      position += Math.max(0, count);
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
