package dev.posthorn.connector.graph;

import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.PulledMail.Content;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.Response;

/// Fetches a mail as MIME, piece by piece into its spool.
final class MimeFetch {
  private static final int PIECE = 65_536;
  private static final int HEAD = 65_536;
  private static final Pattern BOUNDARY =
      Pattern.compile("^content-type:\\s*multipart/[^;]*;(?:.|\\r?\\n[ \\t])*?boundary=(?:\"([^\"\\r\\n]+)\"|([^\\s;\"]+))",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final GraphLine line;

  MimeFetch(GraphLine line) {
    this.line = line;
  }

  /// @throws ApiTrouble also where it is there no more
  Content fetch(String id) throws ApiTrouble {
    return line.ask(Ask.get("/users/{user}/messages/{id}/$value", "id", id), this::spooled);
  }

  private Content spooled(Response response) throws IOException {
    long most = line.door().mailBytes();
    var body = response.body();
    if (body == null) {
      throw new IOException("the mail has no bytes");
    }
    try (var spool = new Spool(most, line.door().memoryBytes()); var in = body.byteStream()) {
      var piece = new byte[PIECE];
      long size = 0;
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        int taken = (int) Math.min(count, most - size);
        spool.write(piece, 0, taken);
        size += count;
        if (size > most) {
          return new Content.TooLarge(Math.max(size, body.contentLength()), spool.toRawMail());
        }
      }
      return new Content.Whole(spool.toRawMail());
    }
  }

  /// Whether a mail ends too early: it has no bytes, or its outermost multipart has no end (RFC 2046, section 5.1.1). Exchange
  /// writes one always.
  static boolean isCut(RawMail mail) {
    if (mail.size() == 0) {
      return true;
    }
    var head = new String(mail.head(HEAD), StandardCharsets.ISO_8859_1);
    int end = head.indexOf("\r\n\r\n");
    var found = BOUNDARY.matcher(end < 0 ? head : head.substring(0, end));
    if (!found.find()) {
      return false;
    }
    var boundary = found.group(1) == null ? found.group(2) : found.group(1);
    return !tail(mail, 4 * boundary.length() + 4096).contains("--" + boundary + "--") && !contains(mail, "--" + boundary + "--");
  }

  private static String tail(RawMail mail, int count) {
    try (var in = mail.open()) {
      in.skipNBytes(Math.max(0, mail.size() - count));
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Something may stand after the end.
  private static boolean contains(RawMail mail, String words) {
    var wanted = words.toLowerCase(Locale.ROOT);
    try (var in = mail.open()) {
      return holds(in, wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holds(InputStream in, String wanted) throws IOException {
    var carried = "";
    var piece = new byte[PIECE];
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      var text = carried + new String(piece, 0, count, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      if (text.contains(wanted)) {
        return true;
      }
      carried = text.substring(Math.max(0, text.length() - wanted.length()));
    }
    return false;
  }
}
