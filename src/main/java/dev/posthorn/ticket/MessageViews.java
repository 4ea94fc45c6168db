package dev.posthorn.ticket;

import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.outbox.OutboundRecipient;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.ticket.MessageView.AttachmentView;
import dev.posthorn.ticket.MessageView.SeenBy;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Shows messages: one, or many with one question for each kind of thing that belongs to them.
@ApplicationScoped
class MessageViews {
  private final TicketScope scope;
  private final Messages messages;
  private final Outbox outbox;
  private final Sightings sightings;

  MessageViews(TicketScope scope, Messages messages, Outbox outbox, Sightings sightings) {
    this.scope = scope;
    this.messages = messages;
    this.outbox = outbox;
    this.sightings = sightings;
  }

  /// The messages of a ticket in the order of time (TH-40).
  @Transactional
  Page<MessageView> page(UUID ticketId, PageRequest page) {
    scope.ticket(ticketId);
    return page.of("messages", ticketId).answer(
        (after, atMost) -> of(messages.page(ticketId, after, atMost)),
        view -> Cursor.at(view.id()),
        () -> messages.count("ticketId", ticketId));
  }

  @Transactional
  MessageView one(UUID id) {
    return of(List.of(scope.message(id))).getFirst();
  }

  /// In the order given.
  @Transactional(Transactional.TxType.MANDATORY)
  List<MessageView> of(List<Message> rows) {
    var attachments = messages.attachments(rows.stream().map(row -> row.id).toList());
    var sending = rows.stream().map(row -> row.outboundMailId).filter(Objects::nonNull).toList();
    var mails = outbox.byIds(sending);
    var recipients = outbox.recipients(sending);
    var seen = sightings.ofTickets(rows.stream().map(row -> row.ticketId).distinct().toList());
    return rows.stream().map(row -> of(row, attachments, mails, recipients, seenBy(row, seen.getOrDefault(row.ticketId, List.of())))).toList();
  }

  /// Ids are in the order of time (UUIDv7).
  private static List<SeenBy> seenBy(Message row, List<MessageSeen> seen) {
    return seen.stream().filter(one -> one.messageId.compareTo(row.id) >= 0).map(one -> new SeenBy(one.agentId, one.seenAt)).toList();
  }

  private static MessageView of(Message row, Map<UUID, List<Attachment>> attachments, Map<UUID, OutboundMail> mails,
      Map<UUID, List<OutboundRecipient>> recipients, List<SeenBy> seenBy) {
    var files = attachments.getOrDefault(row.id, List.of()).stream().map(AttachmentView::of).toList();
    return row.outboundMailId == null
        ? MessageView.inbound(row, files, seenBy)
        : MessageView.outbound(row, files, seenBy, mails.get(row.outboundMailId), recipients.getOrDefault(row.outboundMailId, List.of()));
  }
}
