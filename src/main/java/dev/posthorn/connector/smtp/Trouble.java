package dev.posthorn.connector.smtp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

/// Tells people in a few words what became of a line.
final class Trouble {

  private Trouble() {
  }

  /// The cause, with the server it is about.
  static String words(SmtpAccount account, Throwable trouble) {
    return account.where() + ": " + cause(trouble);
  }

  /// The first cause that says something.
  static String cause(Throwable trouble) {
    for (var cause = trouble; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException _ -> {
          return "no such host";
        }
        case SocketTimeoutException _ -> {
          return "no answer in time";
        }
        case SSLException tls -> {
          return "TLS failed: " + tls.getMessage();
        }
        case IOException line -> {
          return String.valueOf(line.getMessage());
        }
        default -> {
          // a wrapping: look inside
        }
      }
    }
    return String.valueOf(trouble.getMessage());
  }
}
