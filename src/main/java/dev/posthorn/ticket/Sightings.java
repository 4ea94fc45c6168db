package dev.posthorn.ticket;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Who has seen what. New messages are unseen until somebody says that they have seen them (WX-10).
@ApplicationScoped
class Sightings implements PanacheRepositoryBase<MessageSeen, MessageSeen.Key> {
  private final TicketScope scope;
  private final Messages messages;
  private final CallingAgent calling;
  private final Clock clock;

  Sightings(TicketScope scope, Messages messages, CallingAgent calling, Clock clock) {
    this.scope = scope;
    this.messages = messages;
    this.calling = calling;
    this.clock = clock;
  }

  /// The calling agent has seen everything that is there now.
  @Transactional
  void all(UUID ticketId) {
    var ticket = scope.locked(ticketId);
    var agent = calling.id();
    messages.find("ticketId = ?1 order by id desc", ticket.id).firstResultOptional().ifPresent(newest -> {
      var key = new MessageSeen.Key(ticket.id, agent);
      var row = findByIdOptional(key).orElseGet(MessageSeen::new);
      row.messageId = newest.id;
      row.seenAt = clock.instant();
      if (row.ticketId == null) {
        row.ticketId = ticket.id;
        row.agentId = agent;
        persist(row);
      }
    });
  }

  /// By ticket.
  Map<UUID, List<MessageSeen>> ofTickets(Collection<UUID> ids) {
    return ids.isEmpty() ? Map.of() : find("ticketId in ?1 order by seenAt, agentId", ids).stream().collect(Collectors.groupingBy(row -> row.ticketId));
  }
}
