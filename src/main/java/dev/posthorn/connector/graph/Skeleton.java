package dev.posthorn.connector.graph;

import dev.posthorn.mail.Mail;
import dev.posthorn.mail.RawMail;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// A mail without its files: every header field as it was, what is to be read, and nothing else. Graph makes a draft of it, to
/// which the files are uploaded; made from JSON, a draft would have no References and only one of text and HTML.
final class Skeleton {
  private static final int HEAD = 1 << 20;
  private static final int BASE64_LINE = 76;
  private static final String BOUNDARY = "=_posthorn_skeleton";

  private Skeleton() {}

  static byte[] of(RawMail raw, Mail mail) {
    var out = new ByteArrayOutputStream();
    boolean kept = false;
    for (var line : head(raw).split("\r?\n")) {
      boolean folded = line.startsWith(" ") || line.startsWith("\t");
      kept = folded ? kept : !isAboutContent(line);
      if (kept) {
        write(out, line);
      }
    }
    write(out, "MIME-Version: 1.0");
    if (mail.html().isPresent()) {
      write(out, "Content-Type: multipart/alternative; boundary=\"" + BOUNDARY + "\"");
      write(out, "");
      write(out, "--" + BOUNDARY);
      text(out, "plain", mail.text());
      write(out, "--" + BOUNDARY);
      text(out, "html", mail.html().get());
      write(out, "--" + BOUNDARY + "--");
    } else {
      text(out, "plain", mail.text());
    }
    return out.toByteArray();
  }

  private static String head(RawMail raw) {
    var text = new String(raw.head(HEAD), StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? text : text.substring(0, end);
  }

  private static boolean isAboutContent(String line) {
    var name = line.toLowerCase(Locale.ROOT);
    return name.startsWith("content-") || name.startsWith("mime-version:");
  }

  private static void text(ByteArrayOutputStream out, String subtype, String text) {
    write(out, "Content-Type: text/" + subtype + "; charset=utf-8");
    write(out, "Content-Transfer-Encoding: base64");
    write(out, "");
    out.writeBytes(Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\r', '\n'}).encode(text.getBytes(StandardCharsets.UTF_8)));
    write(out, "");
  }

  private static void write(ByteArrayOutputStream out, String line) {
    out.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(new byte[] {'\r', '\n'});
  }
}
