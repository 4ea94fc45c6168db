package dev.posthorn.connector;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// How a pull ended. Every text is one line of bounded length, see [ServerWords].
public sealed interface PullOutcome {
  /// What there is after the cursor, oldest first; perhaps nothing.
  ///
  /// @param mails to be closed by the caller
  /// @param nextCursor where to go on once all of them are durable
  /// @param more whether there may be more at once
  record Page(List<PulledMail> mails, String nextCursor, boolean more) implements PullOutcome {
    /// Both are there.
    public Page {
      mails = List.copyOf(mails);
      Objects.requireNonNull(nextCursor, "nextCursor");
    }
  }

  /// Not now, and it is not the account's fault, or not for good. At [Step#TOKEN] the mailbox itself was not even asked: it stays
  /// as connected as it was (P-07).
  ///
  /// @param step where it went wrong, as [Step#word] says it
  /// @param after when the other side told how long to wait
  record Later(Step step, String why, Optional<Duration> after) implements PullOutcome {
    /// Bounds the words.
    public Later {
      Objects.requireNonNull(step, "step");
      why = ServerWords.line(why);
      Objects.requireNonNull(after, "after");
    }
  }

  /// The account is not let in, and trying again with the same credential will not help.
  record Revoked(String why) implements PullOutcome {
    /// Bounds the words.
    public Revoked {
      why = ServerWords.line(why);
    }
  }
}
