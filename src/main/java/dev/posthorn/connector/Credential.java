package dev.posthorn.connector;

import dev.posthorn.secret.Secret;
import java.util.Objects;

/// What lets us in beside the user name.
public sealed interface Credential {
  /// The secret itself, whatever kind it is: what servers may repeat and nobody may read.
  Secret secret();

  /// A password, or an app password.
  record Password(Secret secret) implements Credential {
    /// It is there.
    public Password {
      Objects.requireNonNull(secret, "secret");
    }
  }

  /// An OAuth access token (the mechanism XOAUTH2).
  record Token(Secret secret) implements Credential {
    /// It is there.
    public Token {
      Objects.requireNonNull(secret, "secret");
    }
  }
}
