package dev.posthorn.tenant;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.enterprise.context.ApplicationScoped;

/// Tells Hibernate the tenant of a session. The nil UUID, which no tenant has, stands for "none".
@PersistenceUnitExtension
@ApplicationScoped
class DiscriminatorResolver implements TenantResolver {
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
  private final CurrentTenant tenant;

  DiscriminatorResolver(CurrentTenant tenant) {
    this.tenant = tenant;
  }

  @Override
  public String getDefaultTenantId() {
    return NOBODY;
  }

  @Override
  public String resolveTenantId() {
    return tenant.find().map(TenantId::toString).orElse(NOBODY);
  }
}
