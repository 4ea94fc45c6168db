package dev.posthorn.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The header of a mail (RFC 5322, section 2.2) and where its body begins.
///
/// @param fields     those kept
/// @param bodyOffset bytes before the body
/// @param flaws      what was cut or missing
record HeaderBlock(Fields fields, long bodyOffset, Set<Flaw> flaws) {

    /// Reads the header of a mail, however long it is, in little memory: a field that is too long is cut, those that
    /// are too many are dropped, and the body is found all the same.
    static HeaderBlock read(Content mail, MailLimits limits) throws IOException {
        try (InputStream in = new BufferedInputStream(mail.open(), 16_384)) {
            return new Scan(in, limits).run();
        }
    }

    private static final class Scan {

        private final InputStream in;
        private final MailLimits limits;
        private final List<RawField> fields = new ArrayList<>();
        private final Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private boolean lineCut;
        private long offset;

        private String name;
        private final ByteArrayOutputStream value = new ByteArrayOutputStream();
        private long kept;

        /// Where a line stands that is no field, if it was the one before; else -1.
        private long strayLine = -1;

        Scan(InputStream in, MailLimits limits) {
            this.in = in;
            this.limits = limits;
        }

        /// A single line that is no field is a bad fold or a mailbox separator and is skipped; if it is followed by
        /// another one or by the blank line, nobody wrote a blank line and it belongs to the body.
        HeaderBlock run() throws IOException {
            boolean firstLine = true;
            while (true) {
                long start = offset;
                if (!readLine()) {
                    return end(strayLine >= 0 ? strayLine : offset);
                }
                int colon = nameEnd();
                if (line.size() == 0) {
                    return end(strayLine >= 0 ? strayLine : offset);
                } else if (isContinuation() && name != null) {
                    addToField(0);
                } else if (colon > 0) {
                    strayLine = -1;
                    endField();
                    name = line.toString(StandardCharsets.US_ASCII).substring(0, colon).strip();
                    addToField(line.toString(StandardCharsets.ISO_8859_1).indexOf(':') + 1);
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

        /// Reads up to LF into `line`, without the CRs before it; false at the end of the mail.
        private boolean readLine() throws IOException {
            line.reset();
            lineCut = false;
            int pendingReturns = 0;
            boolean any = false;
            for (int b = in.read(); b >= 0; b = in.read()) {
                any = true;
                offset++;
                if (b == '\n') {
                    return true;
                }
                if (b == '\r') {
                    pendingReturns++;
                    continue;
                }
                while (pendingReturns > 0) {
                    pendingReturns--;
                    keep('\r');
                }
                keep(b);
            }
            return any;
        }

        private void keep(int b) {
            if (line.size() < limits.fieldBytes()) {
                line.write(b);
            } else {
                lineCut = true;
            }
        }

        private boolean isContinuation() {
            byte first = line.toByteArray()[0];
            return first == ' ' || first == '\t';
        }

        /// Length of the field name that the line begins with: printable ASCII without colon (RFC 5322, section 2.2),
        /// and white space before the colon (section 4.5); -1 if there is none.
        private int nameEnd() {
            byte[] bytes = line.toByteArray();
            int end = 0;
            while (end < bytes.length && bytes[end] > ' ' && bytes[end] < 127 && bytes[end] != ':') {
                end++;
            }
            int colon = end;
            while (colon < bytes.length && (bytes[colon] == ' ' || bytes[colon] == '\t')) {
                colon++;
            }
            return end > 0 && end <= 100 && colon < bytes.length && bytes[colon] == ':' ? end : -1;
        }

        private boolean isMailboxSeparator() {
            String text = line.toString(StandardCharsets.ISO_8859_1);
            return text.startsWith("From ") || text.startsWith(">From ");
        }

        private void addToField(int from) {
            byte[] bytes = line.toByteArray();
            long room = Math.min(limits.fieldBytes() - value.size(), limits.headerBytes() - kept);
            int length = (int) Math.max(0, Math.min(bytes.length - from, room));
            value.write(bytes, from, length);
            kept += length;
            if (lineCut || length < bytes.length - from) {
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
