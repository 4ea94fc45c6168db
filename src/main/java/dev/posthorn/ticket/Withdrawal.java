package dev.posthorn.ticket;

import dev.posthorn.event.Journal;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.search.SearchIndex;
import dev.posthorn.text.TextOutbox;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/// Takes back what has not left yet: a message that waits for its time. It is as if it had never been written, but for the event
/// that says so, and for the ticket's status, which whoever takes it back sets as it shall be.
@ApplicationScoped
class Withdrawal {
  private final TicketScope scope;
  private final Messages messages;
  private final MessageViews views;
  private final Outbox outbox;
  private final TextOutbox texts;
  private final SearchIndex index;
  private final Journal journal;
  private final Preconditions preconditions;
  private final Clock clock;

  Withdrawal(TicketScope scope, Messages messages, MessageViews views, Outbox outbox, TextOutbox texts, SearchIndex index, Journal journal, Preconditions preconditions, Clock clock) {
    this.scope = scope;
    this.messages = messages;
    this.views = views;
    this.outbox = outbox;
    this.texts = texts;
    this.index = index;
    this.journal = journal;
    this.preconditions = preconditions;
    this.clock = clock;
  }

  /// @throws Refusal 404, and 409 for a message that has left, or is just leaving
  @Transactional
  void withdraw(UUID messageId) {
    var ticket = scope.locked(scope.message(messageId).ticketId);
    var message = messages.findById(messageId);
    preconditions.check(views.one(messageId));
    if (!hasNotLeft(message)) {
      throw Refusal.conflict("It has left already, or is just leaving.");
    }
    messages.delete(message);
    messages.flush();
    index.forget(messageId);
    messages.newest(ticket.id).ifPresent(newest -> ticket.unsays(newest.direction.equals(Message.INBOUND),
        messages.count("ticketId = ?1 and direction = 'outbound' and classification = 'ordinary' and forwardOfId is null", ticket.id) == 0, clock.instant()));
    journal.ticket("message.withdrawn", ticket.id, scope.actor(), Map.of("messageId", messageId));
  }

  /// Whether it did not leave, and never will.
  private boolean hasNotLeft(Message message) {
    return message.outboundMailId != null && outbox.withdraw(message.outboundMailId)
        || message.outboundTextId != null && texts.withdraw(message.outboundTextId);
  }
}
