package dev.posthorn.connector.smtp;

import java.io.IOException;

/// The server does not accept our account, now or at all: never the fault of a mail.
final class NotLetIn extends IOException {

  /// @param why in the server's words, which hold no secret any more
  NotLetIn(String why) {
    super(why);
  }
}
