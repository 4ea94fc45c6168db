package dev.posthorn.ticket;

import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;

/// The end of a ticket, and that it was not the end. Closing what is closed, or reopening what is open, does nothing.
@ApplicationScoped
class Closure {
  private final TicketScope scope;
  private final TicketViews views;
  private final Tickets tickets;
  private final Statuses statuses;
  private final WrapUps wrapUps;
  private final Interruption interruption;
  private final TicketJournal journal;
  private final Preconditions preconditions;
  private final Clock clock;

  Closure(TicketScope scope, TicketViews views, Tickets tickets, Statuses statuses, WrapUps wrapUps, Interruption interruption, TicketJournal journal,
      Preconditions preconditions, Clock clock) {
    this.scope = scope;
    this.views = views;
    this.tickets = tickets;
    this.statuses = statuses;
    this.wrapUps = wrapUps;
    this.interruption = interruption;
    this.journal = journal;
    this.preconditions = preconditions;
    this.clock = clock;
  }

  /// @param wrapUpCodeId why; null where nothing is said
  /// @throws Refusal 422 where the ticket's queue wants to know why (WX-22)
  @Transactional
  TicketView close(UUID ticketId, UUID wrapUpCodeId) {
    var ticket = found(ticketId);
    if (!ticket.isClosed()) {
      wrapUps.note(ticket, wrapUpCodeId, WrapUp.CLOSURE);
      interruption.goesOn(ticket, scope.actor());
      is(ticket, "ticket.closed", statuses.ofKind(Status.CLOSED));
    }
    return views.of(ticket);
  }

  /// @throws Refusal 409 for a merged ticket
  @Transactional
  void reopen(UUID ticketId) {
    var ticket = found(ticketId);
    if (ticket.isMerged()) {
      throw Refusal.conflict("The ticket goes on in another one.");
    }
    if (ticket.isClosed()) {
      is(ticket, "ticket.reopened", statuses.ofKind(Status.OPEN));
    }
  }

  private Ticket found(UUID ticketId) {
    var ticket = scope.locked(ticketId);
    preconditions.check(views.of(ticket));
    return ticket;
  }

  private void is(Ticket ticket, String event, Status status) {
    journal.changed(event, ticket, scope.actor(), ticket.status, status.name);
    ticket.is(status, clock.instant());
    tickets.flush();
  }
}
