package dev.posthorn.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;

/// Which waiting ticket is offered to which available agent: the oldest ticket first, to whoever of its queue has been idle
/// longest and has room. Pure.
final class Allotment {
  private Allotment() {}

  /// Somebody who is available.
  ///
  /// @param queues where they work
  /// @param room how many more tickets they may have
  record Available(UUID agentId, Set<UUID> queues, int room, Instant idleSince) {}

  /// A ticket that nobody has.
  ///
  /// @param id in the order of time: the smaller waits longer
  record Waiting(UUID id, UUID queueId) {}

  /// What is offered.
  record Match(Waiting ticket, UUID agentId) {}

  private record Place(Available agent, long turn) {}

  /// @param declined whether the agent would not have the ticket
  static List<Match> allot(List<Available> agents, List<Waiting> tickets, BiPredicate<UUID, UUID> declined) {
    Map<UUID, PriorityQueue<Place>> byQueue = new HashMap<>();
    Map<UUID, Integer> room = new HashMap<>();
    Map<UUID, Long> turns = new HashMap<>();
    for (var agent : agents) {
      room.put(agent.agentId, agent.room);
      turns.put(agent.agentId, 0L);
      agent.queues.forEach(queue -> byQueue.computeIfAbsent(queue, _ -> new PriorityQueue<>(longestIdle())).add(new Place(agent, 0)));
    }
    var matches = new ArrayList<Match>();
    long turn = 0;
    for (var ticket : tickets.stream().sorted(Comparator.comparing(Waiting::id)).toList()) {
      var line = byQueue.get(ticket.queueId);
      var agent = line == null ? null : next(line, ticket, room, turns, declined);
      if (agent != null) {
        matches.add(new Match(ticket, agent.agentId));
        room.merge(agent.agentId, -1, Integer::sum);
        turns.put(agent.agentId, ++turn);
      }
    }
    return matches;
  }

  /// Who was offered something in this round stands behind everybody who was not.
  private static Comparator<Place> longestIdle() {
    return Comparator.comparingLong(Place::turn).thenComparing(place -> place.agent.idleSince).thenComparing(place -> place.agent.agentId);
  }

  /// Places in line are put right when they are met: an agent stands in the lines of several queues.
  private static Available next(PriorityQueue<Place> line, Waiting ticket, Map<UUID, Integer> room, Map<UUID, Long> turns, BiPredicate<UUID, UUID> declined) {
    var passed = new ArrayList<Place>();
    Available found = null;
    while (found == null && !line.isEmpty()) {
      var place = line.poll();
      var id = place.agent.agentId;
      if (room.get(id) <= 0) {
        continue;
      }
      if (place.turn != turns.get(id)) {
        line.add(new Place(place.agent, turns.get(id)));
        continue;
      }
      passed.add(place);
      found = declined.test(id, ticket.id) ? null : place.agent;
    }
    line.addAll(passed);
    return found;
  }
}
