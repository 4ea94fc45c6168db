package dev.posthorn.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/// Mails one after the other in one file (RFC 4155): each begins with a line `From `, and a line of its own that begins so, whatever number of `>` is
/// before it, gets one more `>` ("mboxrd").
final class MboxMails {
  private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
  private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private MboxMails() {}

  /// Takes a mail.
  interface Taker {
    /// @param mail null for one that is longer than allowed
    void take(int number, byte[] mail) throws IOException;
  }

  /// Reads them one after the other; one that is too long is passed over.
  static void each(InputStream bytes, int maxMailBytes, Taker taker) throws IOException {
    try (var in = new BufferedInputStream(bytes, 1 << 16)) {
      var mail = new ByteArrayOutputStream();
      int number = 0;
      boolean tooLong = false;
      boolean afterBlank = true;
      for (byte[] line = line(in, maxMailBytes); line.length > 0; line = line(in, maxMailBytes)) {
        if (afterBlank && startsWith(line, 0)) {
          if (number > 0) {
            taker.take(number, tooLong ? null : ended(mail));
          }
          number++;
          mail.reset();
          tooLong = false;
        } else if (number > 0) {
          tooLong |= mail.size() + line.length > maxMailBytes;
          int quote = quote(line);
          if (!tooLong) {
            mail.write(line, quote, line.length - quote);
          }
        }
        afterBlank = isBlank(line);
      }
      if (number > 0) {
        taker.take(number, tooLong ? null : ended(mail));
      }
    }
  }

  /// The blank line before the next mail is none of the mail's.
  private static byte[] ended(ByteArrayOutputStream mail) {
    var bytes = mail.toByteArray();
    int end = bytes.length;
    if (end >= 4 && bytes[end - 1] == '\n' && bytes[end - 2] == '\r' && bytes[end - 3] == '\n') {
      end -= 2;
    } else if (end >= 2 && bytes[end - 1] == '\n' && bytes[end - 2] == '\n') {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  /// One line with its end; empty at the end of the file.
  private static byte[] line(InputStream in, int max) throws IOException {
    var line = new ByteArrayOutputStream(128);
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (line.size() <= max) {
        line.write(octet);
      }
      if (octet == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  private static boolean isBlank(byte[] line) {
    return line.length == 1 && line[0] == '\n' || line.length == 2 && line[0] == '\r' && line[1] == '\n';
  }

  /// One where a `>` is to be taken away.
  private static int quote(byte[] line) {
    int marks = 0;
    while (marks < line.length && line[marks] == '>') {
      marks++;
    }
    return marks > 0 && startsWith(line, marks) ? 1 : 0;
  }

  private static boolean startsWith(byte[] line, int offset) {
    return line.length >= offset + FROM.length && Arrays.equals(line, offset, offset + FROM.length, FROM, 0, FROM.length);
  }

  /// Writes one mail.
  static void write(OutputStream out, String sender, Instant at, InputStream mail) throws IOException {
    out.write(("From " + (sender.isBlank() ? "MAILER-DAEMON" : sender.replace(' ', '-')) + " " + ASCTIME.format(at) + "\n").getBytes(StandardCharsets.UTF_8));
    boolean open = false;
    try (var in = new BufferedInputStream(mail, 1 << 16)) {
      for (byte[] line = line(in, Integer.MAX_VALUE - 16); line.length > 0; line = line(in, Integer.MAX_VALUE - 16)) {
        int marks = 0;
        while (marks < line.length && line[marks] == '>') {
          marks++;
        }
        if (startsWith(line, marks)) {
          out.write('>');
        }
        out.write(line);
        open = line[line.length - 1] != '\n';
      }
    }
    out.write(open ? "\n\n".getBytes(StandardCharsets.US_ASCII) : "\n".getBytes(StandardCharsets.US_ASCII));
  }
}
