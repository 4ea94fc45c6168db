package dev.posthorn.ticket;

import dev.posthorn.tenant.CurrentTenant;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// How mail of the current tenant looks.
@ApplicationScoped
class Appearances implements PanacheRepositoryBase<Appearance, UUID> {
  private final CurrentTenant tenant;

  Appearances(CurrentTenant tenant) {
    this.tenant = tenant;
  }

  /// The team's, else the tenant's, else as it is.
  String dress(UUID teamId, String html) {
    return findByIdOptional(teamId).or(() -> findByIdOptional(tenant.value())).map(look -> look.around(html)).orElse(html);
  }
}
