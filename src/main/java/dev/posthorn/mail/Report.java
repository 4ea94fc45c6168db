package dev.posthorn.mail;

import java.util.List;
import java.util.Optional;

/// What another system reports about a mail that was sent. It says so; whether that mail is ours is for others to find out.
public sealed interface Report {

  /// The Message-ID of the mail that is reported on, where the report names it.
  Optional<MessageId> original();

  /// A mail did not arrive with some recipients, or not yet, or it did.
  record Undelivered(List<Failure> failures, Optional<MessageId> original) implements Report {

    /// Keeps its own list.
    public Undelivered {
      failures = List.copyOf(failures);
    }
  }

  /// A mail was shown to a recipient, or deleted unseen (RFC 8098).
  ///
  /// @param disposition `displayed`, `deleted`, `dispatched`, `processed`, or what the program says
  record Shown(String disposition, Optional<MessageId> original) implements Report {}

  /// A recipient called a mail spam (RFC 5965).
  ///
  /// @param kind `abuse`, `fraud`, `virus`, `not-spam`, `other`
  record Complained(String kind, Optional<MessageId> original) implements Report {}

  /// What became of a mail with one recipient.
  ///
  /// @param addresses what the recipient is called, each normalised: the address that the mail was sent to, and what it
  ///                  became on the way
  /// @param status    enhanced status code (RFC 3463), `5.0.0` where none was given
  /// @param words     what the refusing server said, on one bounded line
  record Failure(List<String> addresses, Action action, String status, String words) {

    private static final int LONGEST = 500;

    /// Bounds the words.
    public Failure {
      addresses = List.copyOf(addresses);
      words = CleanText.cut(CleanText.line(words), LONGEST);
    }

    /// Whether this address will not take mail tomorrow either. A full mailbox, a refused size, content or policy says
    /// nothing against the address, and neither does a complaint about the sender's (RFC 3463, section 3).
    public boolean isHard() {
      if (action != Action.FAILED || !status.startsWith("5.")) {
        return false;
      }
      return switch (status) {
        case "5.1.7", "5.1.8", "5.1.9" -> false;
        case "5.2.1", "5.4.4" -> true;
        case "5.0.0", "5.5.0", "5.3.0" -> BounceWords.saysThatNobodyIsThere(words);
        default -> status.startsWith("5.1.");
      };
    }
  }

  /// RFC 3464, section 2.3.3.
  enum Action {
    /// It will not arrive.
    FAILED,
    /// It is still tried.
    DELAYED,
    /// It arrived, or was passed on to where nobody reports from.
    DELIVERED
  }
}
