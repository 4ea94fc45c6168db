package dev.posthorn.ticket;

import dev.posthorn.mail.CleanText;
import dev.posthorn.mail.MessageId;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A ticket that turns out to be two: some of its messages go on in a new one, with their ids, their files and the people who are
/// named in them. Answers to these messages land in the new ticket by their Message-IDs; only the reply addresses that were sent out
/// before keep naming the old one, for what was sent cannot be changed.
@ApplicationScoped
class Split {
  private final TicketScope scope;
  private final Tickets tickets;
  private final TicketViews views;
  private final TicketDesk desk;
  private final TicketNumbers numbers;
  private final Messages messages;
  private final ThreadRefs threadRefs;
  private final TicketJournal journal;
  private final EntityManager entities;
  private final Clock clock;

  Split(TicketScope scope, Tickets tickets, TicketViews views, TicketDesk desk, TicketNumbers numbers, Messages messages, ThreadRefs threadRefs,
      TicketJournal journal, EntityManager entities, Clock clock) {
    this.scope = scope;
    this.tickets = tickets;
    this.views = views;
    this.desk = desk;
    this.numbers = numbers;
    this.messages = messages;
    this.threadRefs = threadRefs;
    this.journal = journal;
    this.entities = entities;
    this.clock = clock;
  }

  /// @param subject null for that of the first message that moves
  /// @return the new ticket
  /// @throws Refusal 404, 409 for a merged ticket, 422 for messages that are not the ticket's, and where none would be left
  @Transactional
  TicketView off(UUID ticketId, List<UUID> messageIds, String subject) {
    var ticket = scope.locked(ticketId);
    if (ticket.isMerged()) {
      throw Refusal.conflict("The ticket goes on in another one: split that.");
    }
    var moving = moving(ticket, messageIds);
    var fresh = opened(ticket, moving, subject);
    move(ticket, fresh, moving);
    settle(ticket);
    settle(fresh);
    journal.changed("ticket.split", ticket, scope.actor(), null, fresh.id);
    journal.changed("ticket.opened", fresh, scope.actor(), ticket.id, null);
    tickets.flush();
    return views.of(fresh);
  }

  private List<Message> moving(Ticket ticket, List<UUID> ids) {
    var wanted = new HashSet<>(ids);
    var found = messages.list("ticketId = ?1 and id in ?2 order by id", ticket.id, wanted);
    if (found.size() < wanted.size()) {
      throw Refusal.unprocessable("/messageIds", "The ticket does not have all of these messages.");
    }
    if (messages.count("ticketId", ticket.id) == found.size()) {
      throw Refusal.unprocessable("/messageIds", "One message at least stays where it is.");
    }
    return found;
  }

  /// Where the old one is, and as important; of whoever wrote the first of the messages.
  private Ticket opened(Ticket old, List<Message> moving, String subject) {
    var first = moving.getFirst();
    var fresh = new Ticket();
    fresh.id = Ids.next();
    fresh.subject = CleanText.cut(Optional.ofNullable(subject).or(() -> Optional.of(first.subject).filter(own -> !own.isBlank())).orElse(old.subject), TicketDesk.MAX_SUBJECT);
    fresh.queueId = old.queueId;
    fresh.teamId = old.teamId;
    fresh.typeId = old.typeId;
    fresh.categoryId = old.categoryId;
    fresh.assigneeId = old.assigneeId;
    fresh.contactId = author(moving).map(message -> message.contactId).orElse(old.contactId);
    fresh.inboundChannelId = old.inboundChannelId;
    fresh.followsTicketId = old.id;
    fresh.createdAt = clock.instant();
    fresh.notes(first.receivedAt);
    fresh.number = numbers.take(1);
    desk.open(fresh, desk.beginning(Optional.of(old.priorityId), Optional.empty()));
    tickets.flush();
    return fresh;
  }

  private static Optional<Message> author(List<Message> moving) {
    return moving.stream().filter(message -> message.direction.equals(Message.INBOUND) && message.contactId != null).findFirst();
  }

  private void move(Ticket old, Ticket fresh, List<Message> moving) {
    moving.forEach(message -> message.ticketId = fresh.id);
    messages.flush();
    join(old, fresh, moving);
    var refs = new ArrayList<ThreadRefs.ThreadRef>();
    moving.stream().map(message -> message.messageId).filter(id -> id != null).map(MessageId::new)
        .forEach(id -> refs.addAll(Messages.threadRefs(fresh.id, Optional.of(id), List.of(), List.of())));
    threadRefs.move(old.id, refs);
    moving.stream().filter(Message::isText).map(text -> text.direction.equals(Message.INBOUND) ? text.fromAddress : text.parties.to().getFirst().address())
        .distinct().forEach(number -> entities.createQuery("update TextThread set ticketId = ?1 where ticketId = ?2 and number = ?3")
            .setParameter(1, fresh.id).setParameter(2, old.id).setParameter(3, number).executeUpdate());
  }

  /// Those who are named in what moves take part in the new ticket; in the old one they stay.
  private void join(Ticket old, Ticket fresh, List<Message> moving) {
    var named = new HashSet<String>();
    moving.stream().filter(message -> !message.isText())
        .flatMap(message -> Stream.concat(Stream.of(message.fromAddress), Stream.of(message.parties.to(), message.parties.cc(), message.parties.bcc())
            .flatMap(List::stream).map(Message.Party::address)))
        .forEach(address -> named.add(address.toLowerCase(Locale.ROOT)));
    var requester = author(moving).map(message -> message.fromAddress.toLowerCase(Locale.ROOT));
    var people = tickets.participantsOf(old.id).stream().filter(one -> named.contains(one.address)).map(one -> copy(one, fresh, requester)).toList();
    desk.join(people);
  }

  private static Participant copy(Participant one, Ticket fresh, Optional<String> requester) {
    var row = new Participant();
    row.ticketId = fresh.id;
    row.address = one.address;
    row.name = one.name;
    row.contactId = one.contactId;
    row.inferred = one.inferred;
    row.createdAt = one.createdAt;
    boolean isRequester = requester.map(one.address::equals).orElse(one.role.equals(Participant.REQUESTER));
    row.role = isRequester ? Participant.REQUESTER : one.role.equals(Participant.REQUESTER) ? Participant.PARTICIPANT : one.role;
    return row;
  }

  /// Each is as answered as its own messages say.
  private void settle(Ticket ticket) {
    messages.newest(ticket.id).ifPresent(newest -> {
      Instant now = clock.instant();
      ticket.unanswered = newest.direction.equals(Message.INBOUND) && !ticket.isClosed();
      ticket.lastMessageAt = newest.receivedAt;
      ticket.updatedAt = now;
    });
  }
}
