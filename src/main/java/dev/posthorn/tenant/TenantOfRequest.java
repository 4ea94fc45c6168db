package dev.posthorn.tenant;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/// The tenant that the caller's key or token decided, for the length of one HTTP request.
@RequestScoped
public class TenantOfRequest {
  private TenantId tenant;

  public void is(TenantId tenant) {
    this.tenant = tenant;
  }

  Optional<TenantId> get() {
    return Optional.ofNullable(tenant);
  }
}
