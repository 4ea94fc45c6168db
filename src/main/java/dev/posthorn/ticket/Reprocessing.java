package dev.posthorn.ticket;

import dev.posthorn.event.Journal;
import dev.posthorn.mail.Classification;
import dev.posthorn.web.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Reads the original of a message again, after a fix, into the same message of the same ticket. Its id stays, and that of
/// each attachment whose bytes are the same; what agents did to the ticket stays as they did it.
@ApplicationScoped
class Reprocessing {
  private final TicketScope scope;
  private final Messages messages;
  private final MessageViews views;
  private final ThreadRefs threadRefs;
  private final Rereader rereader;
  private final Journal journal;

  Reprocessing(TicketScope scope, Messages messages, MessageViews views, ThreadRefs threadRefs, Rereader rereader, Journal journal) {
    this.scope = scope;
    this.messages = messages;
    this.views = views;
    this.threadRefs = threadRefs;
    this.rereader = rereader;
    this.journal = journal;
  }

  /// @throws Refusal 404, or 409 for a message that we sent
  MessageView again(UUID messageId) {
    var message = scope.original(messageId);
    if (message.inboundMailId == null) {
      throw Refusal.conflict("The message did not come in by mail.");
    }
    return rereader.reread(message.inboundMailId, (mail, kind) -> QuarkusTransaction.joiningExisting().call(() -> write(messageId, mail, kind)))
        .orElseThrow(() -> Refusal.notFound("message"));
  }

  private MessageView write(UUID messageId, Incoming mail, Classification kind) {
    var ticket = scope.locked(scope.message(messageId).ticketId);
    var message = messages.findById(messageId);
    messages.rewrite(message, mail);
    message.classification = kind.word();
    threadRefs.add(Stream.concat(
        Messages.threadRefs(ticket.id, mail.messageId(), mail.inReplyTo(), mail.references()).stream(),
        Messages.conversationRefs(ticket.id, mail.conversations()).stream()).toList());
    journal.ticket("message.reprocessed", ticket.id, scope.actor(), Map.of("messageId", messageId.toString()));
    messages.flush();
    return views.of(List.of(message)).getFirst();
  }
}
