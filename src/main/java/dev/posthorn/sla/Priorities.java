package dev.posthorn.sla;

import dev.posthorn.tenant.Founded;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The priorities of the current tenant.
@ApplicationScoped
public class Priorities implements PanacheRepositoryBase<dev.posthorn.sla.Priority, UUID> {
  private final Calendars calendars;

  Priorities(Calendars calendars) {
    this.calendars = calendars;
  }

  /// The priority of a ticket for which nobody chose one.
  public UUID defaultId() {
    return find("isDefault", true).firstResult().id;
  }

  /// Before another one becomes the default.
  void noDefault() {
    update("isDefault = false where isDefault = true");
  }

  /// What tickets of a priority go by.
  public Pace pace(UUID id) {
    return paces(Set.of(id)).getOrDefault(id, Pace.NONE);
  }

  /// The same for many, with two questions to the database.
  public Map<UUID, Pace> paces(Collection<UUID> ids) {
    var found = list("id in ?1", ids);
    var wanted = found.stream().map(row -> row.calendarId).filter(Objects::nonNull).distinct().toList();
    var hours = wanted.isEmpty() ? Map.<UUID, BusinessHours>of()
        : calendars.list("id in ?1", wanted).stream().collect(Collectors.toMap(row -> row.id, Calendar::businessHours));
    return found.stream().collect(Collectors.toMap(row -> row.id,
        row -> new Pace(row.times(), row.calendarId == null ? BusinessHours.ALWAYS : hours.get(row.calendarId))));
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
