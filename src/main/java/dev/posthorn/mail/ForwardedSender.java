package dev.posthorn.mail;

import java.util.Optional;

/// Who wrote the mail that somebody forwards: the first `From:` of the header that mail programs put above it, in the
/// languages they speak. What stands there is typed text: it is believed as much as whoever forwards it (P-48).
public final class ForwardedSender {

  private static final int MAX_TEXT = 200_000;

  private ForwardedSender() {
  }

  /// @param text the text of the mail, with LF line ends
  public static Optional<Address> of(String text) {
    return new QuoteMarks(CleanText.cut(text, MAX_TEXT).lines().toList()).firstFrom()
        .map(line -> line.replace("[mailto:", "<").replace("]", ">").replace("*", ""))
        .flatMap(line -> Address.parseList(line).stream().filter(address -> address.address().contains("@")).findFirst());
  }
}
