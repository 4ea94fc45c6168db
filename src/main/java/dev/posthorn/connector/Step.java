package dev.posthorn.connector;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// The steps on the way into a server, in their order: whoever is told at which one it ended knows where to look.
public enum Step {
  /// The name was resolved, and a connection opened.
  CONNECT,
  /// The server greeted us.
  GREETING,
  /// The line was encrypted, and the certificate is the host's.
  TLS,
  /// A token was got at the provider's sign-in.
  TOKEN,
  /// The account was let in.
  LOGIN,
  /// The folder was opened.
  FOLDER,
  /// The folder for sent mail was found.
  SENT_FOLDER,
  /// Mail was fetched, or changed.
  MAIL;

  /// As the API says it.
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
