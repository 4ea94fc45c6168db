package dev.posthorn.connector.imap;

import dev.posthorn.wire.Patience;
import java.time.Duration;

/// How long and how much with one IMAP server.
///
/// @param connect for the TCP connection, for each address that the host name has
/// @param answer longest silence within one exchange
/// @param write for each piece to be taken by the network
/// @param opening for everything until the account is let in
/// @param exchange for one command with all of its answer
/// @param exchangeOctets most octets that the server may say to one command
/// @param pieceBytes of a mail that are asked for at once, and so of one mail in memory while it is fetched
/// @param pageMails most mails of one page
/// @param pageBytes a page ends after so many bytes, though never before its first mail
/// @param mailBytes larger mails are not fetched whole
/// @param memoryBytes of one mail in memory until its page is landed; above, a temporary file
public record ImapLimits(Duration connect, Duration answer, Duration write, Duration opening, Duration exchange, long exchangeOctets,
    int pieceBytes, int pageMails, long pageBytes, long mailBytes, int memoryBytes) {
  /// Everything is positive.
  public ImapLimits {
    if (exchangeOctets < 1 || pieceBytes < 1 || pageMails < 1 || pageBytes < 1 || mailBytes < 1 || memoryBytes < 1
        || opening.isNegative() || exchange.isNegative()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  Patience patience() {
    return new Patience(connect, answer, write, exchangeOctets);
  }
}
