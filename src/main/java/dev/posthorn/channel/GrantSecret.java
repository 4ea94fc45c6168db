package dev.posthorn.channel;

import dev.posthorn.secret.Secret;
import java.util.Optional;

/// The tokens of a grant, sealed together: whoever sees a new access token sees the refresh token that came with it (P-01).
///
/// @param lasting the refresh token, or the key file of a service account; none for an application's own grant
/// @param access the access token, if there is one
record GrantSecret(Optional<Secret> lasting, Optional<Secret> access) {
  static final String PURPOSE = "mailbox-grant";

  /// No token has a line end (RFC 6749, appendix A); a key file is kept as JSON without any.
  Secret sealable() {
    return Secret.of(lasting.map(Secret::reveal).orElse("") + "\n" + access.map(Secret::reveal).orElse(""));
  }

  static GrantSecret of(Secret sealed) {
    var text = sealed.reveal();
    int end = text.indexOf('\n');
    return new GrantSecret(some(text.substring(0, end)), some(text.substring(end + 1)));
  }

  private static Optional<Secret> some(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
  }
}
