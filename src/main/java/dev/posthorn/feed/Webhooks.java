package dev.posthorn.feed;

import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/// The webhooks of the current tenant.
@ApplicationScoped
class Webhooks implements PanacheRepositoryBase<Webhook, UUID> {
  /// Oldest first.
  List<Webhook> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }
}
