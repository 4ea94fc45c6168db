package dev.posthorn.connector.gmail;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.RawMail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Gmail knows no envelope but the header. Where they differ, the header is made to say who gets the mail: who is only in the envelope
/// is a blind copy, which Gmail takes out again; who is only in the header and gets nothing is not in it.
final class EnvelopeHeader {
  private static final int HEAD = 1 << 20;

  private EnvelopeHeader() {}

  /// @return the header's bytes in place of the first so many; nothing where the mail is right as it is
  static Optional<Head> of(RawMail raw, Mail mail, List<Address> envelope) {
    var wanted = envelope.stream().map(Address::normalized).collect(Collectors.toSet());
    var named = List.of(mail.to(), mail.cc()).stream().flatMap(List::stream).map(Address::normalized).collect(Collectors.toSet());
    if (named.equals(wanted) && mail.bcc().isEmpty()) {
      return Optional.empty();
    }
    var text = new String(raw.head(HEAD), StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return Optional.empty();
    }
    boolean asTheyAre = wanted.containsAll(named);
    var head = new StringBuilder();
    boolean kept = true;
    for (var line : text.substring(0, end).split("\r\n")) {
      kept = line.startsWith(" ") || line.startsWith("\t") ? kept : stays(line, asTheyAre);
      if (kept) {
        head.append(line).append("\r\n");
      }
    }
    if (!asTheyAre) {
      field(head, "To", mail.to(), wanted);
      field(head, "Cc", mail.cc(), wanted);
    }
    field(head, "Bcc", envelope.stream().filter(one -> !named.contains(one.normalized())).toList(), wanted);
    return Optional.of(new Head(head.toString().getBytes(StandardCharsets.ISO_8859_1), end + 2));
  }

  private static boolean stays(String line, boolean asTheyAre) {
    var name = line.toLowerCase(Locale.ROOT);
    return !name.startsWith("bcc:") && (asTheyAre || !name.startsWith("to:") && !name.startsWith("cc:"));
  }

  private static void field(StringBuilder head, String name, List<Address> addresses, Set<String> wanted) {
    var there = new ArrayList<String>();
    addresses.stream().filter(one -> wanted.contains(one.normalized())).forEach(one -> there.add(one.address()));
    if (!there.isEmpty()) {
      head.append(name).append(": ").append(String.join(",\r\n ", there)).append("\r\n");
    }
  }

  /// @param bytes of the header, without the blank line after it
  /// @param instead of so many bytes of the mail
  record Head(byte[] bytes, int instead) {
    long sizeOf(RawMail raw) {
      return raw.size() - instead + bytes.length;
    }

    InputStream open(RawMail raw) throws IOException {
      var rest = raw.open();
      rest.skipNBytes(instead);
      return new SequenceInputStream(new ByteArrayInputStream(bytes), rest);
    }
  }
}
