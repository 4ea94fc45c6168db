package dev.posthorn.connector;

import java.util.Objects;

/// An account on one server of one protocol.
///
/// @param host a name, or an address in text form
/// @param port 1 to 65535
/// @param username as the server wants it, often the mail address
public record ServerAccount(String host, int port, Encryption encryption, String username, Credential credential) {
  private static final int HIGHEST_PORT = 65_535;

  /// @throws IllegalArgumentException for a host or a user name with control characters, a host with blanks, a port out of range
  public ServerAccount {
    Objects.requireNonNull(encryption, "encryption");
    Objects.requireNonNull(credential, "credential");
    if (host.isBlank() || host.chars().anyMatch(character -> character <= ' ' || character == 0x7f)) {
      throw new IllegalArgumentException("the host must be one word");
    }
    if (username.isEmpty() || username.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the user name must be one line");
    }
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
  }

  /// `host:port`, for logs and for words to people.
  public String where() {
    return host + ":" + port;
  }
}
