package dev.posthorn.ticket;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.Sha256;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

/// Bytes of strangers on their way to a browser: to be saved, never to be run. Whatever they claim to be, the browser is
/// told to save them, not to guess their type, and, should it show them all the same, to do so in an empty sandbox.
///
/// @param contentType what the sender says
record Download(String name, String contentType, long size, Sha256 sha256) {
  static final String MAIL = "message/rfc822";

  /// Types in which nothing can run. Others, known or not, leave as bytes without meaning.
  private static final Set<String> INERT = Set.of(
      "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain", MAIL);

  /// RFC 8187, section 3.2.1: what need not be encoded.
  private static final String ATTR_CHARS = "!#$&+-.^_`|~";

  /// Streams from the blob, or answers 304 to a client that has these bytes.
  Response answer(Blobs blobs, Request request) {
    var tag = new EntityTag(sha256.hex());
    var same = request.evaluatePreconditions(tag);
    var response = same != null ? same : Response.ok(blobs.open(sha256))
        .header(HttpHeaders.CONTENT_LENGTH, size)
        .header(HttpHeaders.CONTENT_TYPE, servedType())
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition());
    return response.tag(tag)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .build();
  }

  String servedType() {
    if (!INERT.contains(contentType)) {
      return "application/octet-stream";
    }
    // Without a charset some browsers guess one, and with it what the text is.
    return contentType.equals("text/plain") ? "text/plain; charset=utf-8" : contentType;
  }

  /// RFC 6266, section 4.3: the name in ASCII for old clients, and as it is (RFC 8187) for all others.
  String disposition() {
    var plain = new StringBuilder();
    name.codePoints().forEach(c -> plain.appendCodePoint(c >= 0x20 && c < 0x7f && "\"\\%".indexOf(c) < 0 ? c : '_'));
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded(name);
  }

  private static String encoded(String name) {
    var encoded = new StringBuilder();
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || ATTR_CHARS.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return encoded.toString();
  }
}
