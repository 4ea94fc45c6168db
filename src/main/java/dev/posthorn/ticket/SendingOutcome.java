package dev.posthorn.ticket;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.outbox.Settled;
import dev.posthorn.text.OutboundText;
import dev.posthorn.text.TextSettled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/// What the end of sending means for the ticket: a reply that did not arrive, came back or was held back is an event, and its
/// ticket is open again, so that somebody sees it (P-30, P-32, OD-25).
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
    switch (settled.state()) {
      case FAILED -> tell(settled, "message.failed");
      case BOUNCED -> tell(settled, "message.bounced");
      case SUPPRESSED -> tell(settled, "message.suppressed");
      case QUEUED, DEFERRED, SENT -> {
        // Under way, or as it should be.
      }
    }
  }

  void settled(@Observes TextSettled settled) {
    if (settled.state().equals(OutboundText.FAILED)) {
      tell("outboundTextId", settled.outboundTextId(), "message.failed", settled.lastError());
    }
  }

  private void tell(Settled settled, String kind) {
    tell("outboundMailId", settled.outboundMailId(), kind, settled.lastError());
  }

  private void tell(String field, UUID sent, String kind, String error) {
    messages.find(field, sent).firstResultOptional().ifPresent(message -> {
      var ticket = tickets.findById(message.ticketId);
      journal.ticket(kind, ticket.id, Actor.SYSTEM,
          Map.of("messageId", message.id, "error", String.valueOf(error)));
      if (!ticket.statusKind.equals(Status.NEW) && !ticket.statusKind.equals(Status.OPEN)) {
        ticket.is(statuses.ofKind(Status.OPEN), clock.instant());
      }
    });
  }
}
