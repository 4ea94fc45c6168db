package dev.posthorn.ticket;

import dev.posthorn.contact.Contacts;
import dev.posthorn.sla.Deadline;
import dev.posthorn.sla.Pace;
import dev.posthorn.sla.Priorities;
import dev.posthorn.ticket.TicketView.ParticipantView;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Shows tickets: one whole, or a page of them with one question for each kind of thing that belongs to them.
@ApplicationScoped
class TicketViews {
  private final TicketScope scope;
  private final Tickets tickets;
  private final TicketList list;
  private final SavedViews saved;
  private final TicketTags tags;
  private final Contacts contacts;
  private final Priorities priorities;
  private final Clock clock;

  TicketViews(TicketScope scope, Tickets tickets, TicketList list, SavedViews saved, TicketTags tags, Contacts contacts, Priorities priorities, Clock clock) {
    this.scope = scope;
    this.tickets = tickets;
    this.list = list;
    this.saved = saved;
    this.tags = tags;
    this.contacts = contacts;
    this.priorities = priorities;
    this.clock = clock;
  }

  @Transactional
  Page<TicketView> page(TicketFilter filter, PageRequest page) {
    var sight = scope.sight();
    if (scope.isRequester() && filter.asksForInternals()) {
      throw Refusal.forbidden("Requesters do not see what agents sort tickets by.");
    }
    saved.apply(filter);
    return page.of("tickets", filter.byLastMessage(), filter.conditions(), filter.q).answer(
        (after, atMost) -> shown(of(list.page(filter, sight, after, atMost))),
        view -> filter.byLastMessage() ? Cursor.at(view.lastMessageAt(), view.id()) : Cursor.at(view.id()),
        () -> list.count(filter, sight));
  }

  private List<TicketView> of(List<Ticket> rows) {
    var people = contacts.byIds(rows.stream().map(row -> row.contactId).distinct().toList());
    var addresses = tickets.requesters(rows.stream().map(row -> row.id).toList());
    var words = tags.of(rows.stream().map(row -> row.id).toList());
    var paces = priorities.paces(rows.stream().map(row -> row.priorityId).collect(Collectors.toSet()));
    return rows.stream().map(row -> TicketView.of(row, sla(row, paces.get(row.priorityId)), words.getOrDefault(row.id, List.of()), people.get(row.contactId), addresses.get(row.id), null)).toList();
  }

  /// Those of a contact that the caller sees.
  ///
  /// @throws Refusal 404
  @Transactional
  Page<TicketView> ofContact(UUID contactId, PageRequest page) {
    contacts.findByIdOptional(contactId).orElseThrow(() -> Refusal.notFound("contact"));
    return page(TicketFilter.ofContact(contactId), page);
  }

  /// The newest of a contact that the caller sees, but one.
  @Transactional
  List<TicketView> latestOf(UUID contactId, UUID but, int atMost) {
    return of(list.page(TicketFilter.ofContact(contactId), scope.sight(), null, atMost + 1).stream().filter(ticket -> !ticket.id.equals(but)).limit(atMost).toList());
  }

  private List<TicketView> shown(List<TicketView> tickets) {
    return scope.isRequester() ? tickets.stream().map(TicketView::forRequester).toList() : tickets;
  }

  @Transactional
  TicketView one(UUID id) {
    return shown(List.of(of(scope.ticket(id)))).getFirst();
  }

  /// A ticket as it is now, with its participants.
  @Transactional(Transactional.TxType.MANDATORY)
  TicketView of(Ticket ticket) {
    var participants = tickets.participantsOf(ticket.id).stream().map(ParticipantView::of).toList();
    var email = participants.stream().filter(one -> one.role().equals(Participant.REQUESTER)).map(ParticipantView::address)
        .findFirst().orElse(null);
    return TicketView.of(ticket, sla(ticket, priorities.pace(ticket.priorityId)), tags.of(ticket.id), contacts.findById(ticket.contactId), email, participants);
  }

  private SlaView sla(Ticket ticket, Pace pace) {
    return SlaView.of(Deadline.read(pace.times(), pace.hours(), ticket.course(), clock.instant()));
  }
}
