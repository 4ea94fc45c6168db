package dev.posthorn.triage;

import dev.posthorn.mail.Address;
import java.util.Optional;
import java.util.UUID;

/// Where a mail belongs.
sealed interface Placement {
  /// The evidence that decided, or why there was none: the reason that the ledger and the explanation name.
  String by();

  record Continues(UUID ticketId, String by) implements Placement {}

  /// @param claims a ticket that the mail names without proof: linked, not joined (P-23)
  /// @param follows a ticket that it belongs to and yet does not continue: too late, another subject, a forward
  /// @param requester whose concern it is, if not the sender's: read out of what an agent forwards (P-48)
  record Starts(Optional<UUID> claims, Optional<UUID> follows, Optional<Address> requester, String by) implements Placement {}

  /// Waits for somebody to let it in.
  record Held(String by) implements Placement {}

  /// Becomes nothing: a rule says so.
  record Ignored(String by) implements Placement {}

  /// The very mail is a message already: it came by another way too.
  record AlreadyFiled(UUID ticketId, UUID messageId) implements Placement {
    @Override
    public String by() {
      return "already-filed";
    }
  }

  /// One of our own mails came back (P-35).
  record OwnEcho(UUID ticketId, UUID messageId) implements Placement {
    @Override
    public String by() {
      return "own-message-id";
    }
  }
}
