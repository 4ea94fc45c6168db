package dev.posthorn.connector;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/// A way for mail to come in: one connected mailbox, with whatever line it keeps open to its server.
///
/// Implementations are used by one thread at a time, except [#close], and may block for as long as their own limits say: so
/// they are called outside every transaction, on a virtual thread. Trouble is an outcome; an exception is a bug of ours.
public interface MailSource extends AutoCloseable {
  /// Brings the next mails and changes nothing on the server: not even what a look would mark as seen (P-10, P-11).
  ///
  /// @param cursor what [PullOutcome.Page#nextCursor] said; none to begin
  PullOutcome pull(Optional<String> cursor);

  /// The same, and nothing of what was there before the mailbox was connected, where the source tells one from the other.
  default PullOutcome pullFresh(Optional<String> cursor) {
    return pull(cursor);
  }

  /// Looks for a mail again that could not be read.
  ///
  /// @return nothing if it is not there any more
  Sought again(String reference);

  /// Does with mails that are durable what the mailbox wants done (TH-29).
  ///
  /// @return what went wrong, if anything did; the mails are ours all the same
  Optional<String> imported(Collection<String> references);

  /// Waits until there may be new mail, at most so long.
  Waited await(Duration atMost);

  /// How the provider is brought to tell of new mail while nobody waits here; nothing where it does not.
  default Optional<Announcer> announcer() {
    return Optional.empty();
  }

  /// Ends the line, and with it whatever another thread is waiting for on it.
  @Override
  void close();

  /// How waiting ended.
  enum Waited {
    /// The server says that something is new.
    NEWS,
    /// Nothing was heard; the line is good.
    QUIET,
    /// The line is dead, or was closed.
    LOST,
    /// This server tells nothing by itself: it must be asked.
    CANNOT
  }

  /// What became of a second look.
  sealed interface Sought {
    /// It is there; whether it can be read now, its content says.
    record Found(PulledMail mail) implements Sought {}

    /// It is there no more.
    record Gone() implements Sought {}

    /// The look itself failed.
    record NotNow(String why) implements Sought {}
  }
}
