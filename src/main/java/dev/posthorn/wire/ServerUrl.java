package dev.posthorn.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// URLs of servers that tenants name.
public final class ServerUrl {
  private ServerUrl() {}

  /// The URL, if it is one of a server: `https`, a host, neither a user nor a fragment. Where it leads is looked at when it is called:
  /// today's address of a name says nothing about tomorrow's.
  ///
  /// @param unencrypted whether `http` is allowed too
  public static Optional<String> of(String text, boolean unencrypted) {
    try {
      var url = new URI(text);
      boolean known = "https".equals(url.getScheme()) || "http".equals(url.getScheme()) && unencrypted;
      return known && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null ? Optional.of(text) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
