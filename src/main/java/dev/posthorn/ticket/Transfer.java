package dev.posthorn.ticket;

import dev.posthorn.event.Journal;
import dev.posthorn.queue.Queues;
import dev.posthorn.team.Agents;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.ticket.TransferResource.TransferRequest;
import dev.posthorn.web.Caller;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.UUID;

/// Whoever has a ticket hands it over: to a queue, or where the tenant allows it to a person (WX-19, WX-21).
@ApplicationScoped
class Transfer {
  private final TicketScope scope;
  private final TicketViews views;
  private final Tickets tickets;
  private final Queues queues;
  private final Agents agents;
  private final WrapUps wrapUps;
  private final Interruption interruption;
  private final Tenants tenants;
  private final CurrentTenant current;
  private final Caller caller;
  private final Journal journal;
  private final Clock clock;

  Transfer(TicketScope scope, TicketViews views, Tickets tickets, Queues queues, Agents agents, WrapUps wrapUps, Interruption interruption, Tenants tenants, CurrentTenant current,
      Caller caller, Journal journal, Clock clock) {
    this.scope = scope;
    this.views = views;
    this.tickets = tickets;
    this.queues = queues;
    this.agents = agents;
    this.wrapUps = wrapUps;
    this.interruption = interruption;
    this.tenants = tenants;
    this.current = current;
    this.caller = caller;
    this.journal = journal;
    this.clock = clock;
  }

  /// @return the ticket as it is then, also where the caller has just moved it out of their own sight
  /// @throws Refusal 409 for a ticket that the caller has not accepted, 422 for a target that cannot be
  @Transactional
  TicketView to(UUID ticketId, TransferRequest wanted) {
    var ticket = scope.locked(ticketId);
    if ((wanted.queueId() == null) == (wanted.agentId() == null)) {
      throw Refusal.badRequest("/queueId", "Exactly one of queueId and agentId is needed.");
    }
    demandAccepted(ticket);
    wrapUps.note(ticket, wanted.wrapUpCodeId(), WrapUp.TRANSFER);
    var data = new LinkedHashMap<String, Object>();
    data.put("fromQueueId", ticket.queueId);
    if (wanted.queueId() != null) {
      toQueue(ticket, wanted.queueId());
    } else {
      toAgent(ticket, wanted.agentId());
    }
    data.put("toQueueId", ticket.queueId);
    data.put("toAgentId", ticket.assigneeId == null ? null : ticket.assigneeId.toString());
    interruption.goesOn(ticket, scope.actor());
    ticket.updatedAt = clock.instant();
    journal.ticket("ticket.transferred", ticket.id, scope.actor(), data);
    tickets.flush();
    return views.of(ticket);
  }

  private void demandAccepted(Ticket ticket) {
    boolean own = caller.agentId().filter(agent -> agent.equals(ticket.assigneeId)).isPresent();
    if (ticket.assigneeId == null || caller.is(Role.AGENT) && !own) {
      throw Refusal.of(ProblemKind.NOT_ACCEPTED, "Only whoever has accepted a ticket hands it over.");
    }
  }

  private void toQueue(Ticket ticket, UUID queueId) {
    var queue = queues.findByIdOptional(queueId).filter(found -> found.transferable)
        .orElseThrow(() -> Refusal.unprocessable("/queueId", "There is no such queue that tickets are handed to."));
    ticket.queueId = queue.id;
    ticket.teamId = queue.teamId == null ? ticket.teamId : queue.teamId;
    ticket.assigneeId = null;
  }

  private void toAgent(Ticket ticket, UUID agentId) {
    Tenant tenant = tenants.findById(current.value());
    if (!tenant.transferTargets.equals("agent")) {
      throw Refusal.unprocessable("/agentId", "Tickets are handed to queues here, not to people.");
    }
    var agent = agents.findByIdOptional(agentId).orElseThrow(() -> Refusal.at("/agentId", ProblemKind.UNKNOWN_AGENT, "There is no such agent."));
    if (!scope.sightOf(agent).sees(ticket)) {
      throw Refusal.unprocessable("/agentId", "The agent does not work on the ticket's queue.");
    }
    ticket.assigneeId = agent.id;
  }
}
