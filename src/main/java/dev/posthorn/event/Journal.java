package dev.posthorn.event;

import dev.posthorn.tenant.Ids;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Writes down what happened, and tells it again.
@ApplicationScoped
public class Journal implements PanacheRepositoryBase<Event, UUID> {
  private final Clock clock;

  Journal(Clock clock) {
    this.clock = clock;
  }

  /// Something happened that belongs to no ticket. Belongs to the running transaction.
  ///
  /// @param kind dotted and past tense: `suppression.added`
  /// @param data small, without mail content and secrets
  public void tenant(String kind, Actor actor, Map<String, Object> data) {
    ticket(kind, null, actor, data);
  }

  /// Something happened to a ticket. Belongs to the running transaction.
  ///
  /// @param kind dotted and past tense: `ticket.assigned`
  /// @param data small, without mail content and secrets
  /// @return its id
  public UUID ticket(String kind, UUID ticketId, Actor actor, Map<String, Object> data) {
    var event = new Event();
    event.id = Ids.next();
    event.kind = kind;
    event.ticketId = ticketId;
    event.actorKind = actor.kind();
    event.actorId = actor.id().orElse(null);
    event.data = data;
    event.at = clock.instant();
    persist(event);
    return event.id;
  }

  public List<Event> ofTicket(UUID ticketId, int atMost) {
    return find("ticketId = ?1 order by id", ticketId).range(0, atMost - 1).list();
  }
}
