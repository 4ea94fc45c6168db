package dev.posthorn.connector;

import dev.posthorn.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Gets a provider to tell us by itself when a mailbox has new mail. What it tells is a hint, which may come late, twice or never:
/// what is new is decided by pulling.
///
/// Asked outside every transaction, on a virtual thread; trouble is an outcome.
public interface Announcer {
  /// Asks for announcements, or for more of them.
  ///
  /// @param current what is announced under already, if anything is
  /// @param clientState what the provider shows with each announcement, where it shows anything
  Outcome announce(Optional<String> current, Secret clientState);

  /// How that ended.
  sealed interface Outcome {
    /// New mail is announced until then.
    ///
    /// @param id the provider's own for it
    record Announced(String id, Instant until) implements Outcome {
      /// Both are there.
      public Announced {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(until, "until");
      }
    }

    /// The provider announces nothing of this mailbox to us: it is asked at intervals.
    record NotAllowed(String why) implements Outcome {
      /// Bounds the words.
      public NotAllowed {
        why = ServerWords.line(why);
      }
    }

    /// Not now.
    record NotNow(String why, Optional<Duration> after) implements Outcome {
      /// Bounds the words.
      public NotNow {
        why = ServerWords.line(why);
        Objects.requireNonNull(after, "after");
      }
    }
  }
}
