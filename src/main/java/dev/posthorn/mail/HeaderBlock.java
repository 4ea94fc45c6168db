package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The header of a mail (RFC 5322, section 2.2) and where its body begins.
///
/// @param fields     those kept
/// @param bodyOffset bytes before the body
/// @param flaws      what was cut or missing
record HeaderBlock(Fields fields, long bodyOffset, Set<Flaw> flaws) {

  private static final int BUFFER = 4_096;
  private static final int MAX_NAME = 100;
  private static final int MAX_BLANK = 1_000;

  /// Reads the header of a mail, however long it is, in little memory: a field that is too long is cut, those that
  /// are too many are dropped, and the body is found all the same.
  static HeaderBlock read(Content mail, MailLimits limits) throws IOException {
    try (InputStream in = mail.open()) {
      return new Scan(in, limits, true).run();
    }
  }

  /// The same of a part that need not have a header: a blank line ends it even where it is the first.
  static HeaderBlock ofPart(Content part, MailLimits limits) throws IOException {
    try (InputStream in = part.open()) {
      return new Scan(in, limits, false).run();
    }
  }

  private static final class Scan {

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int buffered;
    private int next;

    private final MailLimits limits;
    private final boolean mayBeginBlank;
    private final List<RawField> fields = new ArrayList<>();
    private final Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);

    /// The line that was read last, without its end.
    private byte[] line = new byte[256];
    private int lineLength;
    private boolean lineCut;
    private long offset;

    private String name;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private long kept;

    /// Where a line stands that is no field, if it was the one before; else -1.
    private long strayLine = -1;

    Scan(InputStream in, MailLimits limits, boolean mayBeginBlank) {
      this.in = in;
      this.limits = limits;
      this.mayBeginBlank = mayBeginBlank;
    }

    /// A single line that is no field is a bad fold or a mailbox separator and is skipped; if it is followed by
    /// another one or by the blank line, nobody wrote a blank line and it belongs to the body.
    HeaderBlock run() throws IOException {
      boolean firstLine = true;
      while (true) {
        long start = offset;
        boolean more = readLine();
        if (more && firstLine && mayBeginBlank && isBlank() && offset < MAX_BLANK) {
          continue; // blank lines above the header
        }
        if (!more || lineLength == 0) {
          return end(strayLine >= 0 ? strayLine : offset);
        }
        if (firstLine) {
          dropByteOrderMark();
        }
        int nameLength = nameLength();
        if (isContinuation() && name != null) {
          addToField(0);
        } else if (nameLength > 0) {
          strayLine = -1;
          endField();
          name = new String(line, 0, nameLength, StandardCharsets.US_ASCII);
          addToField(colon(nameLength) + 1);
        } else if (strayLine >= 0) {
          return end(strayLine);
        } else if (!(firstLine && isMailboxSeparator())) {
          strayLine = start;
        }
        firstLine = false;
      }
    }

    private HeaderBlock end(long bodyOffset) {
      endField();
      if (fields.isEmpty()) {
        flaws.add(Flaw.NO_HEADER);
        return new HeaderBlock(new Fields(fields), strayLine >= 0 ? 0 : bodyOffset, flaws);
      }
      return new HeaderBlock(new Fields(fields), bodyOffset, flaws);
    }

    /// Reads up to LF, leaving out the CRs before it; false at the end of the mail.
    private boolean readLine() throws IOException {
      lineLength = 0;
      lineCut = false;
      int returns = 0;
      long start = offset;
      for (int b = read(); b >= 0; b = read()) {
        if (b == '\n') {
          return true;
        }
        if (b == '\r') {
          returns++;
          continue;
        }
        for (; returns > 0; returns--) {
          keep('\r');
        }
        keep(b);
      }
      return offset > start;
    }

    private int read() throws IOException {
      if (next == buffered) {
        next = 0;
        buffered = in.read(buffer);
        if (buffered < 0) {
          buffered = 0;
          return -1;
        }
      }
      offset++;
      return buffer[next++] & 0xff;
    }

    private void keep(int b) {
      if (lineLength == limits.fieldBytes()) {
        lineCut = true;
        return;
      }
      if (lineLength == line.length) {
        line = Arrays.copyOf(line, Math.min(limits.fieldBytes(), 2 * lineLength));
      }
      line[lineLength++] = (byte) b;
    }

    private boolean isContinuation() {
      return line[0] == ' ' || line[0] == '\t';
    }

    /// Length of the field name that the line begins with: printable ASCII without colon (RFC 5322, section 2.2),
    /// with white space before the colon or not (section 4.5); -1 if there is none.
    private int nameLength() {
      int end = 0;
      while (end < Math.min(lineLength, MAX_NAME) && line[end] > ' ' && line[end] < 127 && line[end] != ':') {
        end++;
      }
      int colon = colon(end);
      return end > 0 && colon < lineLength && line[colon] == ':' ? end : -1;
    }

    private int colon(int from) {
      int at = from;
      while (at < lineLength && (line[at] == ' ' || line[at] == '\t')) {
        at++;
      }
      return at;
    }

    private boolean isBlank() {
      int at = 0;
      while (at < lineLength && (line[at] == ' ' || line[at] == '\t')) {
        at++;
      }
      return at == lineLength;
    }

    /// Some editors put the mark of UTF-8 before the first field.
    private void dropByteOrderMark() {
      if (lineLength >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF) {
        lineLength -= 3;
        System.arraycopy(line, 3, line, 0, lineLength);
      }
    }

    private boolean isMailboxSeparator() {
      String text = new String(line, 0, Math.min(lineLength, 6), StandardCharsets.ISO_8859_1);
      return text.startsWith("From ") || text.startsWith(">From ");
    }

    private void addToField(int from) {
      long room = Math.min(limits.fieldBytes() - value.size(), limits.headerBytes() - kept);
      int length = Math.clamp(room, 0, lineLength - from);
      value.write(line, from, length);
      kept += length;
      if (lineCut || length < lineLength - from) {
        flaws.add(Flaw.HEADER_CUT);
      }
    }

    private void endField() {
      if (name != null && fields.size() < limits.headers()) {
        fields.add(new RawField(name, value.toByteArray()));
      } else if (name != null) {
        flaws.add(Flaw.HEADER_CUT);
      }
      name = null;
      value.reset();
    }
  }
}
