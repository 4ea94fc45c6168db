package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.queue.Queues;
import dev.posthorn.sla.Priorities;
import dev.posthorn.team.Agents;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// Somebody edits a ticket: its subject, status, priority, queue, category, type or tags (TH-42, TH-43). Each change is an event.
@ApplicationScoped
class TicketChange {
  private final TicketScope scope;
  private final TicketViews views;
  private final Tickets tickets;
  private final TicketTags tags;
  private final Statuses statuses;
  private final Priorities priorities;
  private final Queues queues;
  private final Agents agents;
  private final WrapUps wrapUps;
  private final Interruption interruption;
  private final TicketJournal journal;
  private final MergePatch mergePatch;
  private final Preconditions preconditions;
  private final Clock clock;

  TicketChange(TicketScope scope, TicketViews views, Tickets tickets, TicketTags tags, Statuses statuses, Priorities priorities, Queues queues,
      Agents agents, WrapUps wrapUps, Interruption interruption, TicketJournal journal, MergePatch mergePatch, Preconditions preconditions, Clock clock) {
    this.scope = scope;
    this.views = views;
    this.tickets = tickets;
    this.tags = tags;
    this.statuses = statuses;
    this.priorities = priorities;
    this.queues = queues;
    this.agents = agents;
    this.wrapUps = wrapUps;
    this.interruption = interruption;
    this.journal = journal;
    this.mergePatch = mergePatch;
    this.preconditions = preconditions;
    this.clock = clock;
  }

  /// @return the ticket as it is then, also where the caller has just moved it out of their own sight
  /// @throws Refusal 422 for a status, priority, queue, category or type that does not exist, 409 for the status of a merged ticket
  @Transactional
  TicketView apply(UUID id, ObjectNode patch) {
    var ticket = scope.locked(id);
    preconditions.check(views.of(ticket));
    var wanted = mergePatch.apply(TicketFields.of(ticket, tags.of(ticket.id)), patch);
    rename(ticket, wanted.subject());
    become(ticket, wanted.status());
    prioritise(ticket, wanted.priorityId());
    move(ticket, wanted.queueId());
    sort(ticket, wanted);
    tag(ticket, wanted.tags());
    tickets.flush();
    return views.of(ticket);
  }

  private void rename(Ticket ticket, String subject) {
    if (!subject.equals(ticket.subject)) {
      journal.changed("ticket.subject-changed", ticket, scope.actor(), ticket.subject, subject);
      ticket.subject = subject;
      ticket.updatedAt = clock.instant();
    }
  }

  private void become(Ticket ticket, String name) {
    if (!name.equals(ticket.status)) {
      if (ticket.isMerged()) {
        throw Refusal.conflict("The ticket goes on in another one.");
      }
      var status = statuses.byName(name).orElseThrow(() -> Refusal.unprocessable("/status", "There is no such status."));
      if (status.kind.equals(Status.CLOSED) && !ticket.isClosed()) {
        wrapUps.demandNone(ticket);
      }
      if (status.kind.equals(Status.CLOSED)) {
        interruption.goesOn(ticket, scope.actor());
      }
      journal.changed("ticket.status-changed", ticket, scope.actor(), ticket.status, status.name);
      ticket.is(status, clock.instant());
    }
  }

  private void prioritise(Ticket ticket, UUID priorityId) {
    if (!priorityId.equals(ticket.priorityId)) {
      priorities.findByIdOptional(priorityId).orElseThrow(() -> Refusal.unprocessable("/priorityId", "There is no such priority."));
      journal.changed("ticket.priority-changed", ticket, scope.actor(), ticket.priorityId, priorityId);
      ticket.has(priorityId, clock.instant());
    }
  }

  private void sort(Ticket ticket, TicketFields wanted) {
    if (!Objects.equals(wanted.categoryId(), ticket.categoryId)) {
      journal.changed("ticket.category-changed", ticket, scope.actor(), ticket.categoryId, wanted.categoryId());
      ticket.categoryId = wanted.categoryId();
      ticket.updatedAt = clock.instant();
    }
    if (!Objects.equals(wanted.typeId(), ticket.typeId)) {
      journal.changed("ticket.type-changed", ticket, scope.actor(), ticket.typeId, wanted.typeId());
      ticket.typeId = wanted.typeId();
      ticket.updatedAt = clock.instant();
    }
  }

  private void tag(Ticket ticket, List<String> wanted) {
    var before = tags.of(ticket.id);
    var now = wanted.stream().distinct().sorted().toList();
    if (!now.equals(before)) {
      journal.changed("ticket.tagged", ticket, scope.actor(), String.join(", ", before), String.join(", ", now));
      tags.set(ticket.id, now);
      ticket.updatedAt = clock.instant();
    }
  }

  /// A queue of a team takes the ticket to that team. An assignee who does not see it there lets go of it.
  private void move(Ticket ticket, UUID queueId) {
    if (queueId.equals(ticket.queueId)) {
      return;
    }
    var queue = queues.findByIdOptional(queueId).orElseThrow(() -> Refusal.unprocessable("/queueId", "There is no such queue."));
    journal.changed("ticket.moved", ticket, scope.actor(), ticket.queueId, queueId);
    interruption.goesOn(ticket, scope.actor());
    ticket.queueId = queueId;
    ticket.teamId = queue.teamId == null ? ticket.teamId : queue.teamId;
    ticket.updatedAt = clock.instant();
    if (ticket.assigneeId != null && !scope.sightOf(agents.findById(ticket.assigneeId)).sees(ticket)) {
      journal.changed("ticket.unassigned", ticket, scope.actor(), ticket.assigneeId, null);
      ticket.assigneeId = null;
    }
  }
}
