package dev.posthorn.sla;

import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// The calendars of the current tenant.
@ApplicationScoped
public class Calendars implements PanacheRepositoryBase<Calendar, UUID> {
  /// Oldest first.
  List<Calendar> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }

  /// When people are at work by these calendars, by id; those that do not exist are left out.
  public Map<UUID, BusinessHours> hours(Collection<UUID> ids) {
    return ids.isEmpty() ? Map.of() : list("id in ?1", ids).stream().collect(Collectors.toMap(row -> row.id, Calendar::businessHours));
  }
}
