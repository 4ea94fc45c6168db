package dev.posthorn.connector;

import java.util.Objects;

/// How asking for an access token ended. Every text is one line of bounded length, see [ServerWords].
public sealed interface TokenOutcome {
  /// Here it is.
  record Granted(AccessToken token) implements TokenOutcome {
    /// It is there.
    public Granted {
      Objects.requireNonNull(token, "token");
    }
  }

  /// The grant is dead: somebody must sign in again, or consent. Asking again changes nothing (P-07).
  ///
  /// @param code the provider's own, as `AADSTS50173` or `invalid_grant`
  /// @param words what the provider said
  /// @param remedy what helps
  record NeedsReauthorization(String code, String words, String remedy) implements TokenOutcome {
    /// Bounds the words.
    public NeedsReauthorization {
      Objects.requireNonNull(code, "code");
      words = ServerWords.line(words);
      Objects.requireNonNull(remedy, "remedy");
    }
  }

  /// Not now, and it is not the grant's fault: the account stays connected (P-07).
  record NotNow(String why) implements TokenOutcome {
    /// Bounds the words.
    public NotNow {
      why = ServerWords.line(why);
    }
  }
}
