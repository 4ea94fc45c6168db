package dev.posthorn.connector.oauth;

import dev.posthorn.connector.ServerWords;
import dev.posthorn.secret.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// What a token endpoint answered.
public sealed interface TokenReply {
  /// Tokens (RFC 6749, section 5.1).
  ///
  /// @param life how long the access token is good, from the moment it was asked for: no clock but ours has a say in it
  /// @param refreshToken the next one; the one before is not to be used again
  /// @param idToken who signed in, in compact form and not looked at yet; sealed words of the provider
  record Granted(Secret accessToken, Duration life, Optional<Secret> refreshToken, Optional<Secret> idToken) implements TokenReply {
    /// All are there.
    public Granted {
      Objects.requireNonNull(accessToken, "accessToken");
      Objects.requireNonNull(life, "life");
      Objects.requireNonNull(refreshToken, "refreshToken");
      Objects.requireNonNull(idToken, "idToken");
    }
  }

  /// No (RFC 6749, section 5.2).
  ///
  /// @param error the word of the protocol: `invalid_grant`
  /// @param code the provider's own, `AADSTS50173`; the word of the protocol where there is none
  record Refused(String error, String code, String words) implements TokenReply {
    /// Bounds the words.
    public Refused {
      error = ServerWords.line(error);
      code = ServerWords.line(code);
      words = ServerWords.line(words);
    }

    /// Whether somebody has to sign in again, or consent (P-07): everything else is no fault of the grant.
    public boolean isDeath() {
      return error.equals("invalid_grant") || error.equals("interaction_required");
    }
  }

  /// Not now: no answer, an answer that is none, 429 or 5xx.
  record Trouble(String why, Optional<Duration> after) implements TokenReply {
    /// Bounds the words.
    public Trouble {
      why = ServerWords.line(why);
      Objects.requireNonNull(after, "after");
    }
  }
}
