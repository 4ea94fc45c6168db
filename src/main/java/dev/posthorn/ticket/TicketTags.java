package dev.posthorn.ticket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// The words on tickets.
@ApplicationScoped
class TicketTags {
  private final EntityManager entities;

  TicketTags(EntityManager entities) {
    this.entities = entities;
  }

  /// Sorted, by ticket.
  Map<UUID, List<String>> of(Collection<UUID> tickets) {
    return tickets.isEmpty() ? Map.of() : entities.createQuery("from TicketTag where ticketId in ?1", TicketTag.class)
        .setParameter(1, tickets).getResultStream().sorted(Comparator.comparing(row -> row.tag))
        .collect(Collectors.groupingBy(row -> row.ticketId, Collectors.mapping(row -> row.tag, Collectors.toList())));
  }

  /// In the same order every time.
  List<String> of(UUID ticketId) {
    return entities.createQuery("select tag from TicketTag where ticketId = ?1", String.class).setParameter(1, ticketId)
        .getResultStream().sorted().toList();
  }

  /// @param tags none of which the ticket has yet
  void add(UUID ticketId, Collection<String> tags) {
    for (var tag : tags) {
      var row = new TicketTag();
      row.tag = tag;
      row.ticketId = ticketId;
      entities.persist(row);
    }
  }

  /// Puts these words on the ticket, and no others.
  void set(UUID ticketId, Collection<String> tags) {
    var missing = new HashSet<>(tags);
    entities.createQuery("from TicketTag where ticketId = ?1", TicketTag.class).setParameter(1, ticketId).getResultStream()
        .filter(row -> !missing.remove(row.tag)).toList().forEach(entities::remove);
    add(ticketId, missing);
  }
}
