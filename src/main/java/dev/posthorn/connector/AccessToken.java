package dev.posthorn.connector;

import dev.posthorn.secret.Secret;
import java.time.Instant;
import java.util.Objects;

/// What lets us in at a provider for some minutes (RFC 6749, section 1.4). It never shows itself.
///
/// @param secret for the header `Authorization: Bearer`
/// @param expiresAt when the provider takes it no more
public record AccessToken(Secret secret, Instant expiresAt) {
  /// Both are there.
  public AccessToken {
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }

  /// The value of the header `Authorization` (RFC 6750, section 2.1).
  public String authorization() {
    return "Bearer " + secret.reveal();
  }

  /// Never the token.
  @Override
  public String toString() {
    return "AccessToken[until " + expiresAt + "]";
  }
}
