package dev.posthorn.ticket;

import dev.posthorn.tenant.Founded;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The statuses of the current tenant. A new tenant has one of each kind, named like it.
@ApplicationScoped
class Statuses implements PanacheRepositoryBase<Status, UUID> {
  private final EntityManager entities;

  Statuses(EntityManager entities) {
    this.entities = entities;
  }

  Optional<Status> byName(String name) {
    return find("name", name).firstResultOptional();
  }

  /// The first status of a kind.
  Status ofKind(String kind) {
    return find("kind = ?1 order by position, id", kind).firstResult();
  }

  /// All of a kind, locked: two who delete the last two of them do it one after the other.
  List<Status> lockKind(String kind) {
    return find("kind = ?1 order by id", kind).withLock(LockModeType.PESSIMISTIC_WRITE).list();
  }

  /// Where a new one stands: behind all others.
  int nextPosition() {
    return entities.createQuery("select coalesce(max(position), 0) + 1 from Status", Integer.class).getSingleResult();
  }

  /// In the order of their positions.
  List<Status> page(Cursor after, int atMost) {
    var query = after == null
        ? find("order by position, id")
        : find("position > ?1 or position = ?1 and id > ?2 order by position, id", (int) after.number(), after.id());
    return query.page(0, atMost).list();
  }

  void found(@Observes @Priority(Founded.TICKET) Founded founded) {
    var kinds = List.of(Status.NEW, Status.OPEN, Status.WAITING, Status.SOLVED, Status.CLOSED);
    for (int position = 0; position < kinds.size(); position++) {
      var status = new Status();
      status.id = Ids.next();
      status.name = kinds.get(position);
      status.kind = kinds.get(position);
      status.position = position;
      status.createdAt = founded.tenant().createdAt;
      status.updatedAt = status.createdAt;
      persist(status);
    }
    flush();
    entities.createNativeQuery("insert into ticket_counter (tenant_id) values (:tenant)")
        .setParameter("tenant", founded.tenant().id)
        .executeUpdate();
  }
}
