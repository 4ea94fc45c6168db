package dev.posthorn.ticket;

import dev.posthorn.web.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/// The comments of tickets.
@ApplicationScoped
class Comments implements PanacheRepositoryBase<Comment, UUID> {
  /// In the order of time.
  ///
  /// @param after null for the first page
  List<Comment> page(UUID ticketId, Cursor after, int atMost) {
    var rows = after == null
        ? find("ticketId = ?1 order by id", ticketId)
        : find("ticketId = ?1 and id > ?2 order by id", ticketId, after.id());
    return rows.page(0, atMost).list();
  }
}
