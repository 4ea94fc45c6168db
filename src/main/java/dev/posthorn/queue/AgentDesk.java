package dev.posthorn.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.mail.OutgoingHtml;
import dev.posthorn.queue.AgentResource.AgentChange;
import dev.posthorn.queue.AgentResource.AgentView;
import dev.posthorn.queue.AgentResource.NewAgent;
import dev.posthorn.team.Agent;
import dev.posthorn.team.AgentChanged;
import dev.posthorn.team.AgentLeaving;
import dev.posthorn.team.Agents;
import dev.posthorn.team.Teams;
import dev.posthorn.web.ApiKeys;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import dev.posthorn.web.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/// What HTTP may do with agents. Each method is one transaction.
@ApplicationScoped
@Transactional
class AgentDesk {
  private final Agents agents;
  private final Teams teams;
  private final Queues queues;
  private final ApiKeys keys;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Caller caller;
  private final Event<AgentLeaving> leaving;
  private final Event<AgentChanged> changed;
  private final Clock clock;

  AgentDesk(Agents agents, Teams teams, Queues queues, ApiKeys keys, Preconditions preconditions, MergePatch mergePatch,
      Caller caller, Event<AgentLeaving> leaving, Event<AgentChanged> changed, Clock clock) {
    this.agents = agents;
    this.teams = teams;
    this.queues = queues;
    this.keys = keys;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.caller = caller;
    this.leaving = leaving;
    this.changed = changed;
    this.clock = clock;
  }

  Page<AgentView> list(Listing listing) {
    return listing.answer((after, atMost) -> views(agents.page(after, atMost)), agent -> Cursor.at(agent.id()), agents::count);
  }

  AgentView show(UUID id) {
    return view(existing(id));
  }

  AgentView create(NewAgent wanted) {
    var agent = agents.create(wanted.name(), wanted.email(), word(wanted.role()), signature(wanted.signatureHtml()));
    teams.place(agent.id, wanted.teamIds() == null ? new HashSet<>() : new HashSet<>(wanted.teamIds()));
    queues.assign(agent.id, wanted.queueIds() == null ? new HashSet<>() : new HashSet<>(wanted.queueIds()));
    return view(agent);
  }

  AgentView change(UUID id, ObjectNode patch) {
    var agent = existing(id);
    var before = view(agent);
    preconditions.check(before);
    var current = AgentChange.of(before);
    var wanted = mergePatch.apply(current, patch);
    if (wanted.equals(current)) {
      return before;
    }
    agent.name = wanted.name();
    agent.email = wanted.email();
    agent.role = word(wanted.role());
    agent.signatureHtml = signature(wanted.signatureHtml());
    if (agent.active != wanted.active() || !current.role().equals(wanted.role())) {
      standing(agent, wanted);
    }
    agent.updatedAt = clock.instant();
    teams.place(id, new HashSet<>(wanted.teamIds()));
    queues.assign(id, new HashSet<>(wanted.queueIds()));
    return view(agent);
  }

  /// Who may no longer, or may something else, is told at once.
  private void standing(Agent agent, AgentChange wanted) {
    if (!wanted.active() && caller.agentId().filter(agent.id::equals).isPresent()) {
      throw Refusal.unprocessable("/active", "Nobody shuts the door behind themselves: let another admin do it.");
    }
    if (agent.active && !wanted.active()) {
      agent.state = "offline";
      agent.stateSince = clock.instant();
    }
    agent.active = wanted.active();
    keys.changed(agent.id);
    changed.fire(new AgentChanged(agent.id));
  }

  /// Deletes an agent to whom no ticket is assigned, with the keys that stand for the agent.
  void remove(UUID id) {
    var agent = existing(id);
    preconditions.check(view(agent));
    leaving.fire(new AgentLeaving(id));
    keys.revokeOf(id);
    Removal.of("agent", () -> {
      agents.delete(agent);
      agents.flush();
    });
  }

  private static String word(Role role) {
    if (role == Role.OPERATOR || role == Role.REQUESTER) {
      throw Refusal.badRequest("/role", "Expected one of: admin, lead, agent.");
    }
    return role.word();
  }

  /// Only what may be sent is kept (EH-14).
  private static String signature(String html) {
    return html == null ? "" : OutgoingHtml.sanitize(html);
  }

  private Agent existing(UUID id) {
    return agents.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("agent"));
  }

  private AgentView view(Agent agent) {
    return views(List.of(agent)).getFirst();
  }

  private List<AgentView> views(List<Agent> page) {
    var ids = page.stream().map(agent -> agent.id).toList();
    var teamsOf = teams.teamsOf(ids);
    var queuesOf = queues.queuesOf(ids);
    return page.stream().map(agent -> AgentView.of(agent, teamsOf.getOrDefault(agent.id, List.of()),
        queuesOf.getOrDefault(agent.id, List.of()))).toList();
  }
}
