package dev.posthorn.feed;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.feed.WorkflowResource.Request;
import dev.posthorn.feed.WorkflowResource.RunView;
import dev.posthorn.ticket.VisibleTickets;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Writes down that a workflow is to run; whoever runs it is told by webhook, as of every event.
@ApplicationScoped
class WorkflowRun {
  private static final String REQUESTED = "workflow.requested";

  private final VisibleTickets tickets;
  private final Webhooks webhooks;
  private final Journal journal;
  private final Caller caller;

  WorkflowRun(VisibleTickets tickets, Webhooks webhooks, Journal journal, Caller caller) {
    this.tickets = tickets;
    this.webhooks = webhooks;
    this.journal = journal;
    this.caller = caller;
  }

  /// @throws Refusal 404, or 422 where nobody would hear of it
  @Transactional
  RunView request(UUID ticketId, Request request) {
    if (tickets.among(Set.of(ticketId)).isEmpty()) {
      throw Refusal.notFound("ticket");
    }
    if (webhooks.list("active", true).stream().noneMatch(webhook -> webhook.wants(REQUESTED))) {
      throw Refusal.unprocessable("/workflow", "No active webhook is told of " + REQUESTED + ".");
    }
    var data = new LinkedHashMap<String, Object>();
    data.put("workflow", request.workflow());
    data.put("input", request.input() == null ? Map.of() : request.input());
    var id = journal.ticket(REQUESTED, ticketId, caller.agentId().map(Actor::agent).orElse(Actor.ADMIN), data);
    return new RunView(id, ticketId, request.workflow());
  }
}
