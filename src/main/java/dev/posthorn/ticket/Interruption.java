package dev.posthorn.ticket;

import dev.posthorn.channel.ChannelBack;
import dev.posthorn.channel.ChannelLost;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Tickets whose way in was deleted by an admin (WX-13): who works on one is told, and sends nothing in it before somebody has ended
/// it, moved it, or said that it goes on as it is. Without that a customer would be answered from an address never written to.
@ApplicationScoped
class Interruption {
  private static final int AT_ONCE = 500;

  private final Tickets tickets;
  private final TicketScope scope;
  private final Journal journal;
  private final Clock clock;

  Interruption(Tickets tickets, TicketScope scope, Journal journal, Clock clock) {
    this.tickets = tickets;
    this.scope = scope;
    this.journal = journal;
    this.clock = clock;
  }

  void lost(@Observes ChannelLost lost) {
    var open = ids("inboundChannelId = ?1 and statusKind in ('new', 'open', 'waiting') and interruptedAt is null", lost.inboundChannelId());
    each(open, ticket -> {
      ticket.stops(lost.by(), clock.instant());
      journal.ticket("ticket.interrupted", ticket.id, Actor.SYSTEM, Map.of("by", lost.by()));
    });
  }

  void back(@Observes ChannelBack back) {
    each(ids("inboundChannelId = ?1 and interruptedAt is not null", back.inboundChannelId()), ticket -> goesOn(ticket, Actor.SYSTEM));
  }

  /// Somebody says that the ticket goes on, answered by whatever else answers it. Does nothing to one that was not interrupted.
  @Transactional
  void end(UUID ticketId) {
    goesOn(scope.locked(ticketId), scope.actor());
  }

  void goesOn(Ticket ticket, Actor actor) {
    if (ticket.interruptedAt != null) {
      journal.ticket("ticket.resumed", ticket.id, actor, Map.of("by", ticket.interruptedBy));
      ticket.goesOn(clock.instant());
    }
  }

  private List<UUID> ids(String condition, UUID channelId) {
    tickets.flush();
    return tickets.getEntityManager().createQuery("select id from Ticket where " + condition + " order by id", UUID.class).setParameter(1, channelId).getResultList();
  }

  private void each(List<UUID> ids, Consumer<Ticket> work) {
    IntStream.range(0, (ids.size() + AT_ONCE - 1) / AT_ONCE)
        .mapToObj(part -> ids.subList(part * AT_ONCE, Math.min(ids.size(), (part + 1) * AT_ONCE)))
        .forEach(part -> {
          tickets.lock(part).values().forEach(work);
          tickets.flush();
        });
  }
}
