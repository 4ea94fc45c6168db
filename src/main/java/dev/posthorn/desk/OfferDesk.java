package dev.posthorn.desk;

import dev.posthorn.contact.Contacts;
import dev.posthorn.desk.OfferResource.OfferView;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.queue.Queue;
import dev.posthorn.queue.Queues;
import dev.posthorn.team.Agents;
import dev.posthorn.ticket.Ticket;
import dev.posthorn.ticket.Tickets;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.Page;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What agents do with what they are offered. Each method is one transaction.
@ApplicationScoped
@Transactional
class OfferDesk {
  private final Offers offers;
  private final Tickets tickets;
  private final Contacts contacts;
  private final Queues queues;
  private final Agents agents;
  private final Caller caller;
  private final Journal journal;
  private final Clock clock;

  OfferDesk(Offers offers, Tickets tickets, Contacts contacts, Queues queues, Agents agents, Caller caller, Journal journal, Clock clock) {
    this.contacts = contacts;
    this.offers = offers;
    this.tickets = tickets;
    this.queues = queues;
    this.agents = agents;
    this.caller = caller;
    this.journal = journal;
    this.clock = clock;
  }

  Page<OfferView> list(Listing listing) {
    return listing.answer((after, atMost) -> offers.page(whose(), after, atMost), row -> Cursor.at(row.id), this::view, () -> offers.count(whose()));
  }

  OfferView show(UUID id) {
    return view(visible(offers.findByIdOptional(id)));
  }

  /// WX-07. The offer is locked, not the desk: a round goes on meanwhile.
  ///
  /// @throws Refusal 409 for an offer that is over, or a ticket that somebody has
  OfferView accept(UUID id) {
    var offer = pending(id);
    var ticket = tickets.findById(offer.ticketId, LockModeType.PESSIMISTIC_WRITE);
    if (ticket.assigneeId != null || ticket.isClosed()) {
      throw Refusal.conflict("The ticket waits for nobody any more.");
    }
    offer.ends(Offer.ACCEPTED, clock.instant());
    ticket.assigneeId = offer.agentId;
    ticket.updatedAt = clock.instant();
    agents.findById(offer.agentId).idleSince = clock.instant();
    journal.ticket("ticket.assigned", ticket.id, Actor.agent(offer.agentId), Map.of("to", offer.agentId, "by", "offer", "offerId", offer.id));
    offers.flush();
    return view(offer);
  }

  /// @throws Refusal 409 for an offer that is over
  OfferView reject(UUID id) {
    var offer = pending(id);
    offer.ends(Offer.REJECTED, clock.instant());
    journal.ticket("offer.rejected", offer.ticketId, Actor.agent(offer.agentId), Map.of("offerId", offer.id));
    offers.flush();
    offers.due(true, Duration.ZERO);
    return view(offer);
  }

  private Offer pending(UUID id) {
    var offer = visible(offers.findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE));
    if (!caller.agentId().filter(offer.agentId::equals).isPresent()) {
      throw Refusal.forbidden("An offer is answered by whoever it was made to.");
    }
    if (!offer.isPending() || offer.expiresAt.isBefore(clock.instant())) {
      throw Refusal.conflict("The offer is over: " + offer.state + ".");
    }
    return offer;
  }

  private Offer visible(Optional<Offer> offer) {
    return offer.filter(found -> whose().filter(agent -> !agent.equals(found.agentId)).isEmpty())
        .orElseThrow(() -> Refusal.notFound("offer"));
  }

  /// Agents see their own; admins see all.
  private Optional<UUID> whose() {
    return caller.is(Role.ADMIN) && caller.agentId().isEmpty() ? Optional.empty() : Optional.of(caller.agentId().orElse(new UUID(0, 0)));
  }

  private OfferView view(Offer offer) {
    Ticket ticket = tickets.findById(offer.ticketId);
    Queue queue = queues.findById(offer.queueId);
    return OfferView.of(offer, ticket, queue, tickets.requester(ticket.id),
        contacts.names(List.of(ticket.contactId)).getOrDefault(ticket.contactId, ""));
  }
}
