package dev.posthorn.ticket;

import java.util.Set;
import java.util.UUID;

/// Which tickets somebody may see: all, or those of some teams and those in some queues (TH-30).
///
/// @param everything then the sets do not matter
record Sight(boolean everything, Set<UUID> teams, Set<UUID> queues) {
  static final Sight ALL = new Sight(true, Set.of(), Set.of());
  static final Sight NOTHING = new Sight(false, Set.of(), Set.of());

  boolean sees(Ticket ticket) {
    return everything || teams.contains(ticket.teamId) || queues.contains(ticket.queueId);
  }
}
