package dev.posthorn.mail;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.angus.mail.util.QPEncoderStream;

/// Writes a mail (RFC 5322, RFC 2045 to 2047, RFC 2231, RFC 2387), in seven bits, with CRLF line ends, as a stream:
/// attachments are never in memory at once.
///
/// `multipart/mixed` around `multipart/related` around `multipart/alternative`, each only where it is needed.
public final class MailComposer {

  private static final int MEMORY = 1 << 20;
  private static final int BUFFER = 16_384;
  private static final int BASE64_LINE = 76;

  private final OutputStream out;
  private final HeaderWriter header;
  private int unnamed;

  private MailComposer(OutputStream out) {
    this.out = out;
    this.header = new HeaderWriter(out);
  }

  /// The bytes of this mail, which the caller must close.
  ///
  /// @throws UncheckedIOException if a part cannot be read or the temporary file not be written
  public static RawMail compose(Draft draft) {
    try (Spool spool = new Spool(Long.MAX_VALUE, MEMORY)) {
      OutputStream buffered = new BufferedOutputStream(spool, BUFFER);
      new MailComposer(buffered).write(draft);
      buffered.flush();
      return spool.toRawMail();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Draft draft) throws IOException {
    header.date(draft.date());
    header.id("Message-ID", draft.messageId());
    header.addresses("From", List.of(draft.from()));
    header.addresses("Reply-To", draft.replyTo().stream().toList());
    header.addresses("To", draft.to());
    header.addresses("Cc", draft.cc());
    header.text("Subject", draft.subject());
    if (draft.inReplyTo().isPresent()) {
      header.id("In-Reply-To", draft.inReplyTo().get());
    }
    header.references(draft.references());
    for (Header extra : draft.extra()) {
      header.text(extra.name(), extra.value());
    }
    header.line("MIME-Version: 1.0");
    body(draft).write();
  }

  /// Something that writes its own header lines, a blank line and its body.
  private interface Part {
    void write() throws IOException;
  }

  private Part body(Draft draft) {
    List<DraftPart> loose = draft.html().isPresent() ? List.of() : draft.inline();
    Part shown = draft.html().map(html -> html(draft, html)).orElseGet(() -> text("plain", draft.text()));
    if (loose.isEmpty() && draft.attachments().isEmpty()) {
      return shown;
    }
    List<Part> parts = new ArrayList<>(List.of(shown));
    loose.forEach(p -> parts.add(file(p, "attachment")));
    draft.attachments().forEach(p -> parts.add(file(p, "attachment")));
    return multipart("mixed", "", parts);
  }

  private Part html(Draft draft, String html) {
    String plain = draft.text().isBlank() ? HtmlText.of(html) : draft.text();
    Part alternative = multipart("alternative", "", List.of(text("plain", plain), text("html", html)));
    if (draft.inline().isEmpty()) {
      return alternative;
    }
    List<Part> parts = new ArrayList<>(List.of(alternative));
    draft.inline().forEach(p -> parts.add(file(p, "inline")));
    return multipart("related", ";\r\n type=\"multipart/alternative\"", parts);
  }

  private Part multipart(String subtype, String parameters, List<Part> parts) {
    return () -> {
      // "=_" is found in neither quoted-printable nor base64, the rest cannot be guessed (RFC 2045, section 6.7).
      String boundary = "=_" + HexFormat.of().formatHex(random());
      header.line("Content-Type: multipart/" + subtype + ";\r\n boundary=\"" + boundary + "\"" + parameters);
      header.line("");
      for (Part part : parts) {
        header.line("--" + boundary);
        part.write();
        header.line("");
      }
      header.line("--" + boundary + "--");
    };
  }

  private Part text(String subtype, String text) {
    return () -> {
      String lines = CleanText.lines(text).replace("\n", "\r\n");
      byte[] bytes = (lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\r\n").getBytes(StandardCharsets.UTF_8);
      header.line("Content-Type: text/" + subtype + "; charset=utf-8");
      switch (encodingFor(bytes)) {
        case "7bit" -> {
          header.line("Content-Transfer-Encoding: 7bit\r\n");
          out.write(bytes);
        }
        case "base64" -> {
          header.line("Content-Transfer-Encoding: base64\r\n");
          base64(new ByteArrayInputStream(bytes));
        }
        default -> {
          header.line("Content-Transfer-Encoding: quoted-printable\r\n");
          QPEncoderStream encoder = new QPEncoderStream(out);
          encoder.write(bytes);
          encoder.flush();
        }
      }
    };
  }

  private Part file(DraftPart part, String disposition) {
    return () -> {
      String type = part.contentType().toLowerCase(Locale.ROOT);
      String name = part.name().isEmpty() ? FileNames.forType(type, ++unnamed) : part.name();
      boolean asItIs = type.equals("message/rfc822") && isSevenBit(part);
      // RFC 2046, section 5.2.1: message/rfc822 must not be encoded. What cannot go plainly goes as a file.
      String sent = type.startsWith("message/") && !asItIs ? "application/octet-stream" : type;
      header.line("Content-Type: " + sent + Parametrised.written("name", name));
      header.line("Content-Disposition: " + disposition + Parametrised.written("filename", name));
      Optional<String> contentId = part.contentId();
      if (contentId.isPresent()) {
        header.line("Content-ID: <" + contentId.get() + ">");
      }
      header.line("Content-Transfer-Encoding: " + (asItIs ? "7bit" : "base64") + "\r\n");
      try (InputStream in = part.content().get()) {
        if (asItIs) {
          in.transferTo(out);
        } else {
          base64(in);
        }
      }
    };
  }

  private void base64(InputStream in) throws IOException {
    OutputStream unclosed = new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() {
        // only the encoding ends here
      }
    };
    try (OutputStream encoder = Base64.getMimeEncoder(BASE64_LINE, new byte[]{'\r', '\n'}).wrap(unclosed)) {
      in.transferTo(encoder);
    }
  }

  /// Plain if it can be, quoted-printable where most of it stays readable, base64 for other scripts.
  private static String encodingFor(byte[] bytes) {
    int odd = 0;
    int line = 0;
    int longest = 0;
    boolean spaceAtEnd = false;
    byte before = 0;
    for (byte b : bytes) {
      line = b == '\n' ? 0 : line + 1;
      longest = Math.max(longest, line);
      odd += b < 0 || b < ' ' && b != '\r' && b != '\n' && b != '\t' || b == 127 ? 1 : 0;
      spaceAtEnd |= b == '\r' && (before == ' ' || before == '\t');
      before = b;
    }
    if (odd == 0 && longest <= BASE64_LINE + 1 && !spaceAtEnd) {
      return "7bit";
    }
    return odd * 3 > bytes.length ? "base64" : "quoted-printable";
  }

  /// Whether these bytes survive as they are: ASCII without NUL, lines of at most 998, ended by CRLF.
  private static boolean isSevenBit(DraftPart part) throws IOException {
    try (InputStream in = new BufferedInputStream(part.content().get())) {
      int before = 0;
      int line = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        boolean bareEnd = (b == '\n') != (before == '\r');
        line = b == '\n' ? 0 : line + 1;
        if (b == 0 || b > 126 || bareEnd || line > MessageId.MAX_LENGTH) {
          return false;
        }
        before = b;
      }
      return before != '\r';
    }
  }

  private static byte[] random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes); // none in a static field: a native image would freeze it
    return bytes;
  }
}
