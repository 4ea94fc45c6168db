package dev.posthorn.mail;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.Event;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.ByteSequence;

/// How the MIME library is set up: it finds boundaries and part headers, and that is all it does here.
final class MimeTokens {

  private MimeTokens() {
  }

  /// Tokens of the body of a multipart, the opening of it being the first.
  ///
  /// @param endMissing called for each part that the end of the mail cut off
  static MimeTokenStream of(InputStream body, String boundary, MailLimits limits, Runnable endMissing) {
    MimeConfig config = MimeConfig.custom().setMaxLineLen(-1).setMaxContentLen(-1)
        .setMaxHeaderLen(limits.headerBytes()).setMaxHeaderCount(limits.headers()).build();
    MimeTokenStream tokens = new MimeTokenStream(config, new Monitor(endMissing), null);
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    String quoted = boundary.replace("\\", "\\\\").replace("\"", "\\\"");
    tokens.parseHeadless(body, "multipart/mixed; boundary=\"" + quoted + "\"");
    return tokens;
  }

  /// A field as it came, undecoded.
  static RawField raw(Field field) {
    ByteSequence raw = field.getRaw();
    byte[] bytes = raw == null ? (field.getName() + ":" + field.getBody()).getBytes(StandardCharsets.UTF_8)
        : raw.toByteArray();
    int colon = 0;
    while (colon < bytes.length && bytes[colon] != ':') {
      colon++;
    }
    return new RawField(field.getName().strip(), Arrays.copyOfRange(bytes, Math.min(colon + 1, bytes.length), bytes.length));
  }

  /// Told by the library what is wrong; never lets it give up.
  private static final class Monitor extends DecodeMonitor {

    private final Runnable endMissing;

    Monitor(Runnable endMissing) {
      this.endMissing = endMissing;
    }

    @Override
    public boolean warn(String error, String dropDesc) {
      if (error.contains(Event.MIME_BODY_PREMATURE_END.toString())) {
        endMissing.run();
      }
      return false;
    }

    @Override
    public boolean isListening() {
      return true;
    }
  }
}
