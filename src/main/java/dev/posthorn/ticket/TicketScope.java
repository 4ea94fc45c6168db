package dev.posthorn.ticket;

import dev.posthorn.contact.Contacts;
import dev.posthorn.event.Actor;
import dev.posthorn.mail.Address;
import dev.posthorn.queue.Queues;
import dev.posthorn.team.Agent;
import dev.posthorn.team.Teams;
import dev.posthorn.web.Caller;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The one door to tickets and to everything that belongs to one: who calls sees their own tickets, and for anything else
/// there is nothing (404). Admins see all; leads the tickets of the teams they lead and of the queues they work on; agents
/// those of the queues they work on (TH-30); requesters their own.
@ApplicationScoped
class TicketScope {
  private final Caller caller;
  private final Tickets tickets;
  private final Messages messages;
  private final Teams teams;
  private final Queues queues;
  private final Contacts contacts;
  private final Clock clock;

  TicketScope(Caller caller, Tickets tickets, Messages messages, Teams teams, Queues queues, Contacts contacts, Clock clock) {
    this.caller = caller;
    this.tickets = tickets;
    this.messages = messages;
    this.teams = teams;
    this.queues = queues;
    this.contacts = contacts;
    this.clock = clock;
  }

  /// What the caller sees.
  @Transactional
  Sight sight() {
    return caller.is(Role.REQUESTER) ? Sight.ownOf(caller.contactId()) : sight(caller.role(), caller.agentId());
  }

  /// What an agent would see with a key of their own.
  @Transactional
  Sight sightOf(Agent agent) {
    return sight(Role.valueOf(agent.role.toUpperCase(Locale.ROOT)), Optional.of(agent.id));
  }

  private Sight sight(Role role, Optional<UUID> agentId) {
    return switch (role) {
      case ADMIN -> Sight.ALL;
      case LEAD -> Sight.of(agentId.map(id -> teams.teamsOf(id, true)).orElse(Set.of()), queuesOf(agentId));
      case AGENT -> Sight.of(Set.of(), queuesOf(agentId));
      case OPERATOR, REQUESTER -> Sight.NOTHING;
    };
  }

  private Set<UUID> queuesOf(Optional<UUID> agentId) {
    return agentId.map(queues::queuesOf).orElse(Set.of());
  }

  /// Who does what is done in this request.
  Actor actor() {
    return caller.agentId().map(Actor::agent).orElse(Actor.ADMIN);
  }

  /// @throws Refusal 404 where the caller sees no such ticket
  @Transactional
  Ticket ticket(UUID id) {
    return visible(tickets.findById(id));
  }

  /// The same, locked until the end of the transaction: mail that comes meanwhile is filed afterwards.
  @Transactional(Transactional.TxType.MANDATORY)
  Ticket locked(UUID id) {
    return visible(tickets.findById(id, LockModeType.PESSIMISTIC_WRITE));
  }

  /// Whether who calls is a customer: then what agents say among each other is not shown.
  boolean isRequester() {
    return caller.is(Role.REQUESTER);
  }

  /// Which messages of a ticket are shown: all to those who work on it; to a requester what they wrote, and what names one of
  /// their addresses or numbers. What agents ask others in the same ticket is none of the requester's, and what has not left may be taken back.
  Predicate<Message> shown() {
    if (!isRequester()) {
      return _ -> true;
    }
    var own = caller.contactId().map(id -> Stream.concat(contacts.addresses(id).stream(), contacts.phones(id).stream()).toList()).orElse(List.of());
    var now = clock.instant();
    return message -> (message.notBefore == null || !message.notBefore.isAfter(now)) && isTheirs(message, own);
  }

  private boolean isTheirs(Message message, List<String> own) {
    return message.contactId != null && caller.contactId().filter(message.contactId::equals).isPresent()
        || Stream.of(message.parties.to(), message.parties.cc(), message.parties.bcc()).flatMap(List::stream)
            .anyMatch(party -> own.contains(message.isText() ? party.address() : Address.of(party.address()).normalized()));
  }

  private Ticket visible(Ticket ticket) {
    if (ticket == null || !sight().sees(ticket)) {
      throw Refusal.notFound("ticket");
    }
    return ticket;
  }

  /// @throws Refusal 404 where the caller sees no such message
  @Transactional
  Message message(UUID id) {
    return messages.findByIdOptional(id).filter(message -> sees(message.ticketId) && shown().test(message))
        .orElseThrow(() -> Refusal.notFound("message"));
  }

  /// The same for its original.
  ///
  /// @throws Refusal 404, and 410 where that is not kept any more
  @Transactional
  Message original(UUID id) {
    var message = message(id);
    if (messages.isRawGone(message)) {
      throw Refusal.of(ProblemKind.GONE, "The original is not kept any more.");
    }
    return message;
  }

  /// @throws Refusal 404 where the caller sees no such attachment
  @Transactional
  Attachment attachment(UUID id) {
    return messages.attachment(id).filter(file -> messages.findByIdOptional(file.messageId).filter(message -> sees(message.ticketId) && shown().test(message)).isPresent())
        .orElseThrow(() -> Refusal.notFound("attachment"));
  }

  /// Whether the caller sees such a ticket.
  boolean sees(UUID ticketId) {
    var sight = sight();
    return sight.everything() || tickets.findByIdOptional(ticketId).filter(sight::sees).isPresent();
  }
}
