package dev.posthorn.desk;

import dev.posthorn.desk.AgentStateResource.StateView;
import dev.posthorn.desk.AgentStateResource.StateWish;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.team.Agent;
import dev.posthorn.team.Agents;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/// Who is there. Everybody of the tenant sees it; agents say it of themselves, admins and leads of anybody.
@ApplicationScoped
class AgentStates {
  private final Agents agents;
  private final Offers offers;
  private final Session entities;
  private final CurrentTenant tenant;
  private final Caller caller;
  private final Preconditions preconditions;
  private final Journal journal;
  private final Clock clock;

  AgentStates(Agents agents, Offers offers, Session entities, CurrentTenant tenant, Caller caller, Preconditions preconditions, Journal journal,
      Clock clock) {
    this.agents = agents;
    this.offers = offers;
    this.entities = entities;
    this.tenant = tenant;
    this.caller = caller;
    this.preconditions = preconditions;
    this.journal = journal;
    this.clock = clock;
  }

  /// Rounds and changes of who is there happen one after the other, until the end of the transaction; answers to offers lock
  /// their offer alone.
  void lock() {
    entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended('offers ' || :tenant, 0)) as text)", String.class)
        .setParameter("tenant", tenant.value().toString()).getSingleResult();
  }

  @Transactional
  StateView show(UUID id) {
    return StateView.of(existing(id));
  }

  @Transactional
  StateView put(UUID id, StateWish wanted) {
    lock();
    var agent = existing(id);
    if (caller.is(Role.AGENT) && !caller.agentId().filter(id::equals).isPresent()) {
      throw Refusal.forbidden("Whether somebody is there is said by themselves, by leads and by admins.");
    }
    if (wanted.state() == AgentState.RONA) {
      throw Refusal.badRequest("/state", "Expected: offline or available. An offer that is let pass makes it rona.");
    }
    preconditions.check(StateView.of(agent));
    agent.capacity = wanted.capacity();
    if (!wanted.state().word().equals(agent.state)) {
      is(agent, wanted.state(), caller.agentId().map(Actor::agent).orElse(Actor.ADMIN));
    }
    if (wanted.state() == AgentState.OFFLINE) {
      offers.withdrawAllOf(id);
    }
    agents.flush();
    offers.due(true, Duration.ZERO);
    return StateView.of(agent);
  }

  /// In the running transaction.
  void is(Agent agent, AgentState state, Actor actor) {
    journal.tenant("agent." + state.word(), actor, Map.of("agentId", agent.id));
    agent.state = state.word();
    agent.stateSince = clock.instant();
    if (state == AgentState.AVAILABLE) {
      agent.idleSince = agent.stateSince;
    }
  }

  private Agent existing(UUID id) {
    return agents.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("agent"));
  }
}
