package dev.posthorn.ticket;

import dev.posthorn.web.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/// The categories of the current tenant.
@ApplicationScoped
class Categories implements PanacheRepositoryBase<Category, UUID> {
  /// In the order of their positions.
  List<Category> page(Cursor after, int atMost) {
    var query = after == null
        ? find("order by position, id")
        : find("position > ?1 or position = ?1 and id > ?2 order by position, id", (int) after.number(), after.id());
    return query.page(0, atMost).list();
  }

  /// Where a new one stands: behind all others.
  int nextPosition() {
    return getEntityManager().createQuery("select coalesce(max(position), 0) + 1 from Category", Integer.class).getSingleResult();
  }
}
