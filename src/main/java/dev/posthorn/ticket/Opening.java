package dev.posthorn.ticket;

import dev.posthorn.channel.InboundChannels;
import dev.posthorn.contact.Contact;
import dev.posthorn.contact.Contacts;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.Address;
import dev.posthorn.queue.Queues;
import dev.posthorn.sla.Priorities;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Somebody opens a ticket by hand, and perhaps writes its first mail.
@ApplicationScoped
class Opening {
  private final TicketScope scope;
  private final ReplyChecks checks;
  private final ReplyPeople people;
  private final Writing writing;
  private final ReplyRoute route;
  private final Outgoing outgoing;
  private final Templates templates;
  private final Tickets tickets;
  private final TicketNumbers numbers;
  private final TicketDesk desk;
  private final TicketViews views;
  private final Statuses statuses;
  private final Contacts contacts;
  private final Teams teams;
  private final ForwardingAddresses addresses;
  private final InboundChannels channels;
  private final Queues queues;
  private final Priorities priorities;
  private final SubjectTags tags;
  private final Journal journal;
  private final Clock clock;

  Opening(TicketScope scope, ReplyChecks checks, ReplyPeople people, Writing writing, ReplyRoute route, Outgoing outgoing, Templates templates,
      Tickets tickets, TicketNumbers numbers, TicketDesk desk, TicketViews views, Statuses statuses, Contacts contacts, Teams teams,
      ForwardingAddresses addresses, InboundChannels channels, Queues queues, Priorities priorities, SubjectTags tags, Journal journal, Clock clock) {
    this.scope = scope;
    this.checks = checks;
    this.people = people;
    this.writing = writing;
    this.route = route;
    this.outgoing = outgoing;
    this.templates = templates;
    this.tickets = tickets;
    this.numbers = numbers;
    this.desk = desk;
    this.views = views;
    this.statuses = statuses;
    this.contacts = contacts;
    this.teams = teams;
    this.addresses = addresses;
    this.channels = channels;
    this.queues = queues;
    this.priorities = priorities;
    this.tags = tags;
    this.journal = journal;
    this.clock = clock;
  }

  /// @throws Refusal 400 and 422 for what is missing or not there, and as a reply is refused
  @Transactional
  TicketView open(NewTicket wanted, Optional<UUID> author) {
    var message = Optional.ofNullable(wanted.message());
    message.ifPresent(first -> checks.written(first.body(), false));
    var sendAt = message.flatMap(first -> outgoing.leaves(first.sendAt()));
    var ticket = placed(wanted);
    message.ifPresent(_ -> checks.demandHub(ticket.teamId));
    ticket.contactId = contact(wanted);
    if (!scope.sight().sees(ticket)) {
      throw Refusal.unprocessable("/queueId", "You do not work on this queue.");
    }
    ticket.subject = Optional.ofNullable(wanted.subject()).orElse("");
    ticket.typeId = wanted.typeId();
    ticket.categoryId = wanted.categoryId();
    if (wanted.priorityId() != null && priorities.findByIdOptional(wanted.priorityId()).isEmpty()) {
      throw Refusal.unprocessable("/priorityId", "There is no such priority.");
    }
    ticket.number = numbers.take(1);
    desk.open(ticket, desk.beginning(Optional.ofNullable(wanted.priorityId()), Optional.empty()));
    tickets.flush();
    join(ticket);
    name(ticket, wanted, author);
    journal.ticket("ticket.opened", ticket.id, scope.actor(), Map.of("number", ticket.number, "by", "hand"));
    message.ifPresent(first -> write(ticket, first, author, sendAt));
    tickets.flush();
    return views.of(ticket);
  }

  /// Where it belongs.
  private Ticket placed(NewTicket wanted) {
    var queue = Optional.ofNullable(wanted.queueId())
        .map(id -> queues.findByIdOptional(id).orElseThrow(() -> Refusal.unprocessable("/queueId", "There is no such queue.")));
    var team = Optional.ofNullable(wanted.teamId()).or(() -> queue.map(found -> found.teamId))
        .map(id -> teams.findByIdOptional(id).orElseThrow(() -> Refusal.unprocessable("/teamId", "There is no such team.")))
        .orElseGet(() -> teams.<Team>find("order by id").firstResult());
    var ticket = new Ticket();
    ticket.id = Ids.next();
    ticket.teamId = team.id;
    ticket.queueId = queue.map(found -> found.id).orElse(team.defaultQueueId);
    // It came in by none; answers to it come to the team's address.
    ticket.inboundChannelId = channels.ofAddress(addresses.findById(team.senderAddressId).address).id;
    ticket.createdAt = clock.instant();
    ticket.notes(ticket.createdAt);
    return ticket;
  }

  private UUID contact(NewTicket wanted) {
    if ((wanted.contactId() == null) == (wanted.requester() == null)) {
      throw Refusal.badRequest("/requester", "Exactly one of contactId and requester is needed.");
    }
    if (wanted.contactId() != null) {
      return contacts.findByIdOptional(wanted.contactId()).map(found -> found.id)
          .orElseThrow(() -> Refusal.unprocessable("/contactId", "There is no such contact."));
    }
    var who = wanted.requester();
    if (who.email() == null) {
      throw Refusal.badRequest("/requester/email", "must not be null");
    }
    var address = new Address(Optional.ofNullable(who.name()).orElse(""), Address.of(who.email()).address());
    return Optional.ofNullable(contacts.byAddresses(List.of(address.normalized())).get(address.normalized()))
        .orElseGet(() -> contacts.meet(address).id);
  }

  /// The requester takes part from the start.
  private void join(Ticket ticket) {
    contacts.flush();
    Contact contact = contacts.findById(ticket.contactId);
    contacts.addresses(ticket.contactId).stream().limit(1).forEach(address -> {
      var row = new Participant();
      row.ticketId = ticket.id;
      row.address = address;
      row.name = contact.name.equals(address) ? "" : contact.name;
      row.role = Participant.REQUESTER;
      row.contactId = contact.id;
      row.createdAt = ticket.createdAt;
      desk.join(List.of(row));
    });
  }

  private void name(Ticket ticket, NewTicket wanted, Optional<UUID> author) {
    if (wanted.subject() == null && wanted.message() != null && wanted.message().templateId() != null) {
      ticket.subject = templates.filled(wanted.message().templateId(), ticket, author).subject();
    }
    if (ticket.subject.isBlank()) {
      throw Refusal.badRequest("/subject", "must not be null");
    }
  }

  private void write(Ticket ticket, NewTicket.FirstMessage first, Optional<UUID> author, Optional<Instant> sendAt) {
    var recipients = people.toRequester(ticket, first.cc(), first.bcc(), author);
    var way = route.choose(ticket, Optional.ofNullable(first.outboundChannelId()));
    var content = writing.of(ticket, first.body(), author);
    outgoing.send(new Letter(ticket, tags.tagged(ticket.subject, ticket), recipients, way, content, Optional.empty(), Optional.empty(), author, sendAt));
    ticket.answers(clock.instant());
    ticket.is(statuses.ofKind(Status.OPEN), clock.instant());
  }
}
