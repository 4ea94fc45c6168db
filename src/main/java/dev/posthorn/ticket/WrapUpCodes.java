package dev.posthorn.ticket;

import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/// The wrap-up codes of the current tenant.
@ApplicationScoped
class WrapUpCodes implements PanacheRepositoryBase<WrapUpCode, UUID> {
  List<WrapUpCode> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }
}
