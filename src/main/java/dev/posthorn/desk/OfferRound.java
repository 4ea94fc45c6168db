package dev.posthorn.desk;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.queue.Queue;
import dev.posthorn.queue.Queues;
import dev.posthorn.team.Agent;
import dev.posthorn.team.Agents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// One look at a tenant's desk: what was not taken in time goes back, and what waits is offered. In one transaction, under the
/// tenant's lock: two replicas never offer at once.
@ApplicationScoped
class OfferRound {
  private final Offers offers;
  private final AgentStates states;
  private final Agents agents;
  private final Queues queues;
  private final Journal journal;
  private final DeskConfig config;
  private final Clock clock;

  OfferRound(Offers offers, AgentStates states, Agents agents, Queues queues, Journal journal,
      DeskConfig config, Clock clock) {
    this.offers = offers;
    this.states = states;
    this.agents = agents;
    this.queues = queues;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
  }

  /// @return how many offers were made
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  int run() {
    states.lock();
    offers.withdrawMoot();
    offers.expired(clock.instant()).forEach(this::timeOut);
    offers.flush();
    var there = agents.list("state = ?1", AgentState.AVAILABLE.word());
    var made = there.isEmpty() ? 0 : offer(there);
    offers.due(!there.isEmpty() || offers.count("state", Offer.PENDING) > 0, config.interval());
    return made;
  }

  /// WX-05: whoever lets an offer pass is offered nothing until they say that they are there again (WX-06).
  private void timeOut(Offer offer) {
    offer.ends(Offer.TIMED_OUT, clock.instant());
    journal.ticket("offer.timed-out", offer.ticketId, Actor.SYSTEM, Map.of("offerId", offer.id, "agentId", offer.agentId));
    states.is(agents.findById(offer.agentId), AgentState.RONA, Actor.SYSTEM);
    offers.withdrawAllOf(offer.agentId);
  }

  private int offer(List<Agent> there) {
    Map<UUID, Queue> offering = queues.<Queue>list("offerTimeoutSeconds is not null").stream().collect(Collectors.toMap(queue -> queue.id, queue -> queue));
    if (offering.isEmpty()) {
      return 0;
    }
    var available = available(there, offering.keySet());
    var waiting = new ArrayList<Allotment.Waiting>();
    offering.keySet().stream().filter(queue -> available.stream().anyMatch(agent -> agent.queues().contains(queue)))
        .forEach(queue -> waiting.addAll(offers.waiting(queue, config.waiting() + available.stream().mapToInt(Allotment.Available::room).sum())));
    var declined = offers.declined(waiting.stream().map(Allotment.Waiting::id).toList(), clock.instant().minus(config.rejectionHolds()));
    var matches = Allotment.allot(available, waiting, (agent, ticket) -> declined.getOrDefault(ticket, Set.of()).contains(agent));
    matches.forEach(match -> offers.make(match.ticket().id(), match.ticket().queueId(), match.agentId(),
        Duration.ofSeconds(offering.get(match.ticket().queueId()).offerTimeoutSeconds)));
    return matches.size();
  }

  private List<Allotment.Available> available(List<Agent> there, Collection<UUID> offering) {
    var ids = there.stream().map(agent -> agent.id).toList();
    var loads = offers.loads(ids);
    var places = places(ids);
    return there.stream().map(agent -> new Allotment.Available(agent.id,
            places.getOrDefault(agent.id, Set.of()).stream().filter(offering::contains).collect(Collectors.toSet()),
            (agent.capacity == null ? config.capacity() : agent.capacity) - loads.getOrDefault(agent.id, 0),
            agent.idleSince == null ? agent.createdAt : agent.idleSince))
        .filter(agent -> agent.room() > 0 && !agent.queues().isEmpty()).toList();
  }

  private Map<UUID, Set<UUID>> places(Collection<UUID> ids) {
    var places = new HashMap<UUID, Set<UUID>>();
    queues.queuesOf(ids).forEach((agent, queue) -> places.put(agent, Set.copyOf(queue)));
    return places;
  }
}
