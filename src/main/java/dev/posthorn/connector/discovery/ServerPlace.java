package dev.posthorn.connector.discovery;

import dev.posthorn.connector.Encryption;
import java.util.Locale;
import java.util.Objects;

/// Where a server is said to be.
public record ServerPlace(String host, int port, Encryption security) {
  private static final int HIGHEST_PORT = 65_535;

  /// Names are in small letters and without the dot at their end.
  ///
  /// @throws IllegalArgumentException for what is no host or no port
  public ServerPlace {
    host = host.strip().toLowerCase(Locale.ROOT);
    host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    Objects.requireNonNull(security, "security");
    if (!host.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?") || port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("no server: " + host + ":" + port);
    }
  }
}
