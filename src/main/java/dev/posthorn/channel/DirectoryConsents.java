package dev.posthorn.channel;

import dev.posthorn.tenant.CurrentTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Timestamp;
import java.time.Clock;

/// Which directories have let the current tenant in. What came back from the provider is only an address in a browser: so each
/// directory is one tenant's, the first to come back with it, and nobody else's.
@ApplicationScoped
class DirectoryConsents {
  private final EntityManager entities;
  private final CurrentTenant tenant;
  private final Clock clock;

  DirectoryConsents(EntityManager entities, CurrentTenant tenant, Clock clock) {
    this.entities = entities;
    this.tenant = tenant;
    this.clock = clock;
  }

  /// In the running transaction.
  ///
  /// @return false where it is another tenant's
  boolean claim(String directory) {
    entities.createNativeQuery("""
            insert into directory_consent (tenant_id, directory, granted_at) values (?1, ?2, ?3)
            on conflict do nothing""")
        .setParameter(1, tenant.value()).setParameter(2, directory).setParameter(3, Timestamp.from(clock.instant())).executeUpdate();
    return !entities.createNativeQuery("select 1 from directory_consent where tenant_id = ?1 and directory = ?2")
        .setParameter(1, tenant.value()).setParameter(2, directory).getResultList().isEmpty();
  }
}
