package dev.posthorn.ticket;

import dev.posthorn.team.Agents;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;

/// Whose ticket it is. Only somebody who sees the ticket can have it.
@ApplicationScoped
class Assignment {
  private final TicketScope scope;
  private final TicketViews views;
  private final Tickets tickets;
  private final Agents agents;
  private final TicketJournal journal;
  private final Preconditions preconditions;
  private final Clock clock;

  Assignment(TicketScope scope, TicketViews views, Tickets tickets, Agents agents, TicketJournal journal,
      Preconditions preconditions, Clock clock) {
    this.scope = scope;
    this.views = views;
    this.tickets = tickets;
    this.agents = agents;
    this.journal = journal;
    this.preconditions = preconditions;
    this.clock = clock;
  }

  /// @throws Refusal 422 for an agent who does not exist or does not see the ticket
  @Transactional
  TicketView assign(UUID ticketId, UUID agentId) {
    var ticket = found(ticketId);
    var agent = agents.findByIdOptional(agentId)
        .orElseThrow(() -> Refusal.at("/agentId", ProblemKind.UNKNOWN_AGENT, "There is no such agent."));
    if (!scope.sightOf(agent).sees(ticket)) {
      throw Refusal.unprocessable("/agentId", "The agent does not work on the ticket's queue.");
    }
    is(ticket, "ticket.assigned", agentId);
    return views.of(ticket);
  }

  @Transactional
  void unassign(UUID ticketId) {
    is(found(ticketId), "ticket.unassigned", null);
  }

  private Ticket found(UUID ticketId) {
    var ticket = scope.locked(ticketId);
    preconditions.check(views.of(ticket));
    return ticket;
  }

  private void is(Ticket ticket, String event, UUID agentId) {
    if (!Objects.equals(ticket.assigneeId, agentId)) {
      journal.changed(event, ticket, scope.actor(), ticket.assigneeId, agentId);
      ticket.assigneeId = agentId;
      ticket.updatedAt = clock.instant();
      tickets.flush();
    }
  }
}
