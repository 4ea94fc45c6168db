package dev.posthorn.connector;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// What is wanted of one mailbox.
///
/// @param folder the one that is read, `INBOX` as a rule, which is every provider's inbox
/// @param since of what is there already, only mails that the mailbox got at that time or later are brought
/// @param unreadOnly mails that somebody has read before us are passed over (TH-28): asked for by those who know what they lose
/// @param moveTo where mails go with [AfterImport#MOVE]
public record MailboxWishes(String folder, Instant since, boolean unreadOnly, AfterImport afterImport, Optional<String> moveTo) {
  /// A folder to move to is there where it is needed.
  public MailboxWishes {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(since, "since");
    if (afterImport == AfterImport.MOVE && moveTo.isEmpty()) {
      throw new IllegalArgumentException("moving needs a folder to move to");
    }
  }
}
