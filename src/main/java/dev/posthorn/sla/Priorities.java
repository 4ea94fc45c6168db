package dev.posthorn.sla;

import dev.posthorn.tenant.Founded;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;

/// The priorities of the current tenant.
@ApplicationScoped
public class Priorities implements PanacheRepositoryBase<dev.posthorn.sla.Priority, UUID> {
  /// The priority of a ticket for which nobody chose one.
  public UUID defaultId() {
    return find("isDefault", true).firstResult().id;
  }

  /// The most urgent first.
  List<dev.posthorn.sla.Priority> page(Cursor after, int atMost) {
    var query = after == null
        ? find("order by rank desc, id")
        : find("rank < ?1 or rank = ?1 and id > ?2 order by rank desc, id", (int) after.number(), after.id());
    return query.page(0, atMost).list();
  }

  void found(@Observes @Priority(Founded.SLA) Founded founded) {
    add(founded, "low", 10, false);
    add(founded, "normal", 20, true);
    add(founded, "high", 30, false);
    add(founded, "urgent", 40, false);
  }

  private void add(Founded founded, String name, int rank, boolean isDefault) {
    var priority = new dev.posthorn.sla.Priority();
    priority.id = Ids.next();
    priority.name = name;
    priority.rank = rank;
    priority.isDefault = isDefault;
    priority.createdAt = founded.tenant().createdAt;
    priority.updatedAt = priority.createdAt;
    persist(priority);
  }
}
