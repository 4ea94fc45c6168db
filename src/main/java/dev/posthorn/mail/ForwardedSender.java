package dev.posthorn.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Who wrote the mail that somebody forwards: the first `From:` of the header that mail programs put above it, in the
/// languages they speak. What stands there is typed text: it is believed as much as whoever forwards it (P-48).
public final class ForwardedSender {

  private static final int MAX_TEXT = 200_000;
  private static final int MAX_HEADER = 64 << 10;

  private ForwardedSender() {
  }

  /// Who wrote an attached mail, from its header.
  public static Optional<Address> of(Attachment mail) {
    try (var in = mail.open(); RawMail raw = RawMail.of(in.readNBytes(MAX_HEADER)); Parsed parsed = new MailParser(MailLimits.DEFAULT).parse(raw)) {
      return switch (parsed) {
        case Parsed.Readable(Mail inner) -> inner.from();
        case Parsed.Unreadable _ -> Optional.empty();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param text the text of the mail, with LF line ends
  public static Optional<Address> of(String text) {
    return new QuoteMarks(CleanText.cut(text, MAX_TEXT).lines().toList()).firstFrom()
        .map(line -> line.replace("[mailto:", "<").replace("]", ">").replace("*", ""))
        .flatMap(line -> Address.parseList(line).stream().filter(address -> address.address().contains("@")).findFirst());
  }
}
