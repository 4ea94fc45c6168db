package dev.posthorn.ticket;

import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.outbox.OutboundRecipient;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.text.OutboundText;
import dev.posthorn.text.TextOutbox;
import dev.posthorn.ticket.MessageView.AttachmentView;
import dev.posthorn.ticket.MessageView.SeenBy;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Shows messages: one, or many with one question for each kind of thing that belongs to them.
@ApplicationScoped
class MessageViews {
  /// Of one look.
  private static final int MOST_ROWS = 500;

  private final TicketScope scope;
  private final Messages messages;
  private final Outbox outbox;
  private final TextOutbox texts;
  private final Sightings sightings;

  MessageViews(TicketScope scope, Messages messages, Outbox outbox, TextOutbox texts, Sightings sightings) {
    this.scope = scope;
    this.messages = messages;
    this.outbox = outbox;
    this.texts = texts;
    this.sightings = sightings;
  }

  /// The messages of a ticket in the order of time (TH-40).
  @Transactional
  Page<MessageView> page(UUID ticketId, PageRequest page) {
    scope.ticket(ticketId);
    return page.of("messages", ticketId).answer(
        (after, atMost) -> shown(of(visible(ticketId, after, atMost))),
        view -> Cursor.at(view.id()),
        () -> scope.isRequester() ? visible(ticketId, null, Integer.MAX_VALUE).size() : messages.count("ticketId", ticketId));
  }

  @Transactional
  MessageView one(UUID id) {
    return shown(of(List.of(scope.message(id)))).getFirst();
  }

  private List<MessageView> shown(List<MessageView> views) {
    return scope.isRequester() ? views.stream().map(MessageView::forRequester).toList() : views;
  }

  /// The next messages of a ticket that the caller sees.
  private List<Message> visible(UUID ticketId, Cursor after, int atMost) {
    var shown = scope.shown();
    var found = new ArrayList<Message>();
    var from = after;
    for (boolean more = true; more; ) {
      var rows = messages.page(ticketId, from, Math.min(atMost, MOST_ROWS));
      rows.stream().filter(shown).limit(atMost - found.size()).forEach(found::add);
      more = found.size() < atMost && rows.size() == Math.min(atMost, MOST_ROWS);
      from = rows.isEmpty() ? from : Cursor.at(rows.getLast().id);
    }
    return found;
  }

  /// In the order given.
  @Transactional(Transactional.TxType.MANDATORY)
  List<MessageView> of(List<Message> rows) {
    var attachments = messages.attachments(rows.stream().map(row -> row.id).toList());
    var sending = rows.stream().map(row -> row.outboundMailId).filter(Objects::nonNull).toList();
    var mails = outbox.byIds(sending);
    var recipients = outbox.recipients(sending);
    var leaving = texts.byIds(rows.stream().map(row -> row.outboundTextId).filter(Objects::nonNull).toList());
    var seen = sightings.ofTickets(rows.stream().map(row -> row.ticketId).distinct().toList());
    return rows.stream().map(row -> of(row, attachments, mails, recipients, leaving, seenBy(row, seen.getOrDefault(row.ticketId, List.of())))).toList();
  }

  /// Ids are in the order of time (UUIDv7).
  private static List<SeenBy> seenBy(Message row, List<MessageSeen> seen) {
    return seen.stream().filter(one -> one.messageId.compareTo(row.id) >= 0).map(one -> new SeenBy(one.agentId, one.seenAt)).toList();
  }

  private static MessageView of(Message row, Map<UUID, List<Attachment>> attachments, Map<UUID, OutboundMail> mails,
      Map<UUID, List<OutboundRecipient>> recipients, Map<UUID, OutboundText> texts, List<SeenBy> seenBy) {
    var files = attachments.getOrDefault(row.id, List.of()).stream().map(AttachmentView::of).toList();
    if (row.outboundTextId != null) {
      return MessageView.outbound(row, seenBy, texts.get(row.outboundTextId));
    }
    return row.outboundMailId == null
        ? MessageView.inbound(row, files, seenBy)
        : MessageView.outbound(row, files, seenBy, mails.get(row.outboundMailId), recipients.getOrDefault(row.outboundMailId, List.of()));
  }
}
