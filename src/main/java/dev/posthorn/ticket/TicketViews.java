package dev.posthorn.ticket;

import dev.posthorn.contact.Contacts;
import dev.posthorn.ticket.TicketView.ParticipantView;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/// Shows tickets: one whole, or a page of them with one question for each kind of thing that belongs to them.
@ApplicationScoped
class TicketViews {
  private final TicketScope scope;
  private final Tickets tickets;
  private final TicketList list;
  private final Contacts contacts;

  TicketViews(TicketScope scope, Tickets tickets, TicketList list, Contacts contacts) {
    this.scope = scope;
    this.tickets = tickets;
    this.list = list;
    this.contacts = contacts;
  }

  @Transactional
  Page<TicketView> page(TicketFilter filter, PageRequest page) {
    var sight = scope.sight();
    return page.of("tickets", filter.byLastMessage(), filter.conditions()).answer(
        (after, atMost) -> of(list.page(filter, sight, after, atMost)),
        view -> filter.byLastMessage() ? Cursor.at(view.lastMessageAt(), view.id()) : Cursor.at(view.id()),
        () -> list.count(filter, sight));
  }

  private List<TicketView> of(List<Ticket> rows) {
    var names = contacts.names(rows.stream().map(row -> row.contactId).distinct().toList());
    var addresses = tickets.requesters(rows.stream().map(row -> row.id).toList());
    return rows.stream().map(row -> TicketView.of(row, names.get(row.contactId), addresses.get(row.id), null)).toList();
  }

  @Transactional
  TicketView one(UUID id) {
    return of(scope.ticket(id));
  }

  /// A ticket as it is now, with its participants.
  @Transactional(Transactional.TxType.MANDATORY)
  TicketView of(Ticket ticket) {
    var participants = tickets.participantsOf(ticket.id).stream().map(ParticipantView::of).toList();
    var email = participants.stream().filter(one -> one.role().equals(Participant.REQUESTER)).map(ParticipantView::address)
        .findFirst().orElse(null);
    return TicketView.of(ticket, contacts.names(List.of(ticket.contactId)).get(ticket.contactId), email, participants);
  }
}
