package dev.posthorn.routing;

import dev.posthorn.sla.BusinessHours;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The rules that are asked, in their order, and what has to be known of the places that they name.
///
/// @param teams     where mail of these teams goes, by team
/// @param queues    whose these queues are, by queue; none where a ticket keeps its team
/// @param agents    what these agents see, by agent
/// @param calendars by id
public record Rulebook(List<Entry> entries, Map<UUID, UUID> teams, Map<UUID, Optional<UUID>> queues, Map<UUID, Desk> agents,
    Map<UUID, BusinessHours> calendars) {
  static final Rulebook EMPTY = new Rulebook(List.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /// A rule.
  ///
  /// @param id       null for one that is only tried
  /// @param revision which version of it
  /// @param teamId   only for tickets of this team; null for any, as the queue
  /// @param stop     whether no later rule is asked where the condition is true
  record Entry(UUID id, int revision, String name, UUID teamId, UUID queueId, Condition condition, List<Action> actions, boolean stop) {}

  /// What an agent sees (TH-30).
  ///
  /// @param everything then the others do not matter
  /// @param ledTeams   whose tickets the agent sees as their lead
  /// @param queues     that the agent works on, in the order of their positions
  record Desk(boolean everything, Set<UUID> ledTeams, List<UUID> queues) {
    boolean sees(UUID teamId, UUID queueId) {
      return everything || ledTeams.contains(teamId) || queues.contains(queueId);
    }
  }
}
