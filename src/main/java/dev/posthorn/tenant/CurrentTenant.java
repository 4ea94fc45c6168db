package dev.posthorn.tenant;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/// Answers "for whom?": the tenant of the enclosing [Tenancy#in], else the tenant of the HTTP request.
@ApplicationScoped
public class CurrentTenant {
  private final TenantOfRequest ofRequest;

  CurrentTenant(TenantOfRequest ofRequest) {
    this.ofRequest = ofRequest;
  }

  public Optional<TenantId> find() {
    return Tenancy.scoped().or(() -> Arc.container().requestContext().isActive() ? ofRequest.get() : Optional.empty());
  }

  /// @throws IllegalStateException where nobody said for whom: a bug of ours
  public TenantId id() {
    return find().orElseThrow(() -> new IllegalStateException("No tenant is set: work on rows belongs inside Tenancy.in"));
  }

  public UUID value() {
    return id().value();
  }
}
