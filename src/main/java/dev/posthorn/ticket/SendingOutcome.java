package dev.posthorn.ticket;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.outbox.OutboundState;
import dev.posthorn.outbox.Settled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Map;

/// What the end of sending means for the ticket: a reply that did not arrive is an event, and its ticket is open again, so
/// that somebody sees it (P-32).
@ApplicationScoped
class SendingOutcome {
  private final Messages messages;
  private final Tickets tickets;
  private final Statuses statuses;
  private final Journal journal;
  private final Clock clock;

  SendingOutcome(Messages messages, Tickets tickets, Statuses statuses, Journal journal, Clock clock) {
    this.messages = messages;
    this.tickets = tickets;
    this.statuses = statuses;
    this.journal = journal;
    this.clock = clock;
  }

  void settled(@Observes Settled settled) {
    if (settled.state() != OutboundState.FAILED) {
      return;
    }
    messages.find("outboundMailId", settled.outboundMailId()).firstResultOptional().ifPresent(message -> {
      var ticket = tickets.findById(message.ticketId);
      journal.ticket("message.failed", ticket.id, Actor.SYSTEM,
          Map.of("messageId", message.id, "error", String.valueOf(settled.lastError())));
      if (!ticket.statusKind.equals(Status.NEW) && !ticket.statusKind.equals(Status.OPEN)) {
        ticket.is(statuses.ofKind(Status.OPEN), clock.instant());
      }
    });
  }
}
