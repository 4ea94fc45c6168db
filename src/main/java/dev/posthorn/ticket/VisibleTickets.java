package dev.posthorn.ticket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Which tickets the caller sees, for rooms that tell of many at once.
@ApplicationScoped
public class VisibleTickets {
  private final TicketScope scope;
  private final Tickets tickets;

  VisibleTickets(TicketScope scope, Tickets tickets) {
    this.scope = scope;
    this.tickets = tickets;
  }

  /// Those of them that the caller sees now.
  @Transactional
  public Set<UUID> among(Collection<UUID> ids) {
    var sight = scope.sight();
    return ids.isEmpty() ? Set.of() : tickets.list("id in ?1", ids).stream().filter(sight::sees).map(ticket -> ticket.id).collect(Collectors.toSet());
  }

  /// Whether the caller sees everything of the tenant.
  @Transactional
  public boolean isEverything() {
    return scope.sight().everything();
  }
}
