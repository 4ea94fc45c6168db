package dev.posthorn.routing;

import dev.posthorn.intake.Explanation.Ruling;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What the rules make of a mail.
///
/// @param entry     whether it becomes a message at all
/// @param newTicket whether it opens a ticket although it belongs to one that is there
/// @param place     where the ticket that it opens shall be, if not where it would be anyway
/// @param assignee  whose that ticket shall be
/// @param template  what whoever opened it is answered by
/// @param forwards  whom the mail that opens the ticket is passed on to
/// @param workflows what is to be run for that ticket
/// @param rulings   the reasons, in the order of the rules that were asked
public record Decision(Entry entry, boolean newTicket, Optional<Facts.Place> place, Optional<UUID> assignee, Optional<UUID> priority,
    Optional<UUID> status, Optional<UUID> category, Optional<UUID> type, Optional<UUID> template, Set<String> tags,
    Set<String> forwards, Set<String> workflows, List<Ruling> rulings) {
  /// Nothing: there are no rules.
  public static final Decision NONE = new Decision(Entry.FILED, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Set.of(), Set.of(), List.of());

  /// What becomes of a mail.
  public enum Entry { FILED, IGNORED, QUARANTINED }
}
