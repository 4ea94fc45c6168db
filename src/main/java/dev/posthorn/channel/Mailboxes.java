package dev.posthorn.channel;

import dev.posthorn.mail.Address;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The connected mailboxes of the current tenant.
@ApplicationScoped
public class Mailboxes implements PanacheRepositoryBase<Mailbox, UUID> {
  List<Mailbox> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }

  /// Those of the addresses that are mailboxes of the tenant's own (P-45).
  ///
  /// @param addresses normalized, see [Address#normalized]
  public Set<String> among(Collection<String> addresses) {
    return addresses.isEmpty() ? Set.of() : new HashSet<>(getEntityManager()
        .createQuery("select lower(address) from Mailbox where lower(address) in ?1", String.class)
        .setParameter(1, addresses).getResultList());
  }
}
