package dev.posthorn.ticket;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Which tickets somebody may see: all, or those of some teams and those in some queues (TH-30), or a contact's own.
///
/// @param everything then the others do not matter
/// @param contact    the requester whose tickets they are
record Sight(boolean everything, Set<UUID> teams, Set<UUID> queues, Optional<UUID> contact) {
  static final Sight ALL = new Sight(true, Set.of(), Set.of(), Optional.empty());
  static final Sight NOTHING = new Sight(false, Set.of(), Set.of(), Optional.empty());

  static Sight of(Set<UUID> teams, Set<UUID> queues) {
    return new Sight(false, teams, queues, Optional.empty());
  }

  static Sight ownOf(Optional<UUID> contact) {
    return new Sight(false, Set.of(), Set.of(), contact);
  }

  boolean sees(Ticket ticket) {
    return everything || teams.contains(ticket.teamId) || queues.contains(ticket.queueId) || contact.filter(ticket.contactId::equals).isPresent();
  }
}
