package dev.posthorn.ingress;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.RawMail;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The header of a mail that was fetched, as far as the way in needs it: a mailbox has no envelope to show, and of a mail that is
/// too large only the header is kept.
///
/// @param fields each with its name, folded as it came
record MailHead(List<String> fields) {
  private static final int MOST = 256 * 1024;

  static MailHead of(RawMail mail) {
    var fields = new ArrayList<String>();
    for (var line : new String(mail.head(MOST), StandardCharsets.ISO_8859_1).split("\r?\n")) {
      if (line.isEmpty()) {
        break;
      }
      if ((line.charAt(0) == ' ' || line.charAt(0) == '\t') && !fields.isEmpty()) {
        fields.add(fields.removeLast() + "\r\n" + line);
      } else {
        fields.add(line);
      }
    }
    return new MailHead(fields);
  }

  /// The return path: as the last server wrote it down (RFC 5321, section 4.4), else whom the mail says it is from. Empty for the
  /// null sender.
  String returnPath() {
    return value("return-path").map(path -> path.replaceAll("[<>\\s]", "")).or(() -> value("from").flatMap(Address::parse).map(Address::address))
        .filter(path -> path.isEmpty() || Address.parse(path).isPresent()).orElse("");
  }

  private Optional<String> value(String name) {
    return fields.stream().filter(field -> name(field).equals(name))
        .map(field -> new String(field.substring(field.indexOf(':') + 1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
            .replaceAll("\r?\n", "").strip())
        .findFirst();
  }

  private static String name(String field) {
    int colon = field.indexOf(':');
    return colon < 0 ? "" : field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
  }

  /// A small mail with the same header that says why its body is not here. It is threaded, filed and answered like any other.
  RawMail note(String text) {
    var bytes = new ByteArrayOutputStream();
    for (var field : fields) {
      if (!name(field).startsWith("content-") && !name(field).equals("mime-version") && field.indexOf(':') > 0) {
        bytes.writeBytes((field + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    bytes.writeBytes(("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text + "\r\n")
        .getBytes(StandardCharsets.UTF_8));
    return RawMail.of(bytes.toByteArray());
  }
}
