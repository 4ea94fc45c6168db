package dev.posthorn.channel;

import dev.posthorn.channel.MailboxDiscovery.Found;
import dev.posthorn.channel.MailboxDiscovery.Tried;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Refusal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Searches for the servers of addresses, as rows: any node answers how far one is.
@ApplicationScoped
class MailboxDiscoveries implements PanacheRepositoryBase<MailboxDiscovery, UUID> {
  private final MailboxConfig config;
  private final Clock clock;

  MailboxDiscoveries(MailboxConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /// Begins one, and forgets old ones.
  @Transactional
  MailboxDiscovery begin(String address) {
    delete("createdAt < ?1", clock.instant().minus(config.discovery().keep()));
    var row = new MailboxDiscovery();
    row.id = Ids.next();
    row.address = address;
    row.state = MailboxDiscovery.PENDING;
    row.tried = List.of();
    row.createdAt = clock.instant();
    row.updatedAt = row.createdAt;
    persist(row);
    return row;
  }

  @Transactional
  MailboxDiscovery show(UUID id) {
    return findByIdOptional(id).orElseThrow(() -> Refusal.notFound("mailbox discovery"));
  }

  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void tried(UUID id, Tried one) {
    findByIdOptional(id).ifPresent(row -> {
      var all = new ArrayList<>(row.tried);
      all.add(one);
      row.tried = List.copyOf(all);
      row.updatedAt = clock.instant();
    });
  }

  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void ended(UUID id, Optional<Found> found) {
    findByIdOptional(id).ifPresent(row -> {
      row.state = found.isPresent() ? MailboxDiscovery.FOUND : MailboxDiscovery.NOT_FOUND;
      row.found = found.orElse(null);
      row.updatedAt = clock.instant();
    });
  }
}
