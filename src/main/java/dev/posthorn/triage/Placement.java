package dev.posthorn.triage;

import java.util.Optional;
import java.util.UUID;

/// Where a mail belongs.
sealed interface Placement {
  /// @param by the evidence that decided, as `explanation` will say it
  record Continues(UUID ticketId, String by) implements Placement {}

  /// @param claims a ticket that the mail names without proof: linked, not joined (P-23)
  record Starts(Optional<UUID> claims) implements Placement {}

  /// The very mail is a message already: it came by another way too.
  record AlreadyFiled(UUID ticketId, UUID messageId) implements Placement {}

  /// One of our own mails came back (P-35).
  record OwnEcho(UUID ticketId, UUID messageId) implements Placement {}
}
