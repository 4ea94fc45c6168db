package dev.posthorn.connector.smtp;

import dev.posthorn.connector.LineWords;

/// Tells people in a few words what became of a line to a server.
final class Trouble {

  private Trouble() {
  }

  /// The cause, with the server it is about.
  static String words(SmtpAccount account, Throwable trouble) {
    return account.where() + ": " + LineWords.of(trouble);
  }
}
