package dev.posthorn.ticket;

import dev.posthorn.team.AgentLeaving;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Keeps agents who have tickets.
@ApplicationScoped
class Assignees {
  private final Tickets tickets;

  Assignees(Tickets tickets) {
    this.tickets = tickets;
  }

  void leaving(@Observes AgentLeaving leaving) {
    long assigned = tickets.count("assigneeId", leaving.agentId());
    if (assigned > 0) {
      throw Refusal.conflict("The agent has " + assigned + (assigned == 1 ? " ticket" : " tickets") + ": assign them to others first.");
    }
  }
}
