package dev.posthorn.trust;

import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.exceptions.FailException;

/// Signs a mail for its domain (RFC 6376): the whole body and every header field that says something, From twice, so that
/// nobody puts another one before it (section 8.15).
final class DkimSeal {
  private static final String FIELDS = "from:from:reply-to:to:cc:subject:date:message-id:in-reply-to:references:mime-version:content-type";

  private DkimSeal() {}

  /// The same mail below its signature; the caller closes both.
  ///
  /// @param memoryBytes more than this goes to a temporary file
  static RawMail sign(RawMail mail, String domain, String selector, PrivateKey key, int memoryBytes) {
    var template = "v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + domain + "; s=" + selector + "; h=" + FIELDS + "; bh=; b=;";
    try (var spool = new Spool(Long.MAX_VALUE, memoryBytes)) {
      try (var in = mail.open()) {
        var field = new DKIMSigner(template, key).sign(in).strip();
        spool.write((folded(field) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      try (var in = mail.open()) {
        in.transferTo(spool);
      }
      return spool.toRawMail();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FailException e) {
      throw new IllegalStateException("A mail of our own could not be signed", e);
    }
  }

  /// Lines end between tags alone, where any blank is as good as another in the relaxed form (RFC 6376, section 3.4.2); the
  /// longest stays far below 998 (RFC 5322, section 2.1.1).
  private static String folded(String field) {
    return field.replace("; ", ";\r\n\t");
  }
}
