package dev.posthorn.sla;

import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/// The calendars of the current tenant.
@ApplicationScoped
class Calendars implements PanacheRepositoryBase<Calendar, UUID> {
  /// Oldest first.
  List<Calendar> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }
}
