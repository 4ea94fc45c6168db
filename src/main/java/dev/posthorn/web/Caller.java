package dev.posthorn.web;

import dev.posthorn.tenant.TenantId;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;

/// Who calls, for the length of one HTTP request. Only for operations that need a key.
@RequestScoped
public class Caller {
  private final SecurityIdentity identity;

  Caller(SecurityIdentity identity) {
    this.identity = identity;
  }

  public Role role() {
    return principal().role();
  }

  public boolean is(Role role) {
    return role() == role;
  }

  /// The caller's tenant; none for the operator.
  public Optional<TenantId> tenant() {
    return Optional.ofNullable(principal().tenant());
  }

  /// The agent that the key stands for; admins' keys may stand for none.
  public Optional<UUID> agentId() {
    return Optional.ofNullable(principal().agentId());
  }

  /// The public part of the key, for logs and the audit; `operator` for the platform's key.
  public String keyId() {
    return principal().keyId();
  }

  KeyHolder principal() {
    if (identity.getPrincipal() instanceof KeyHolder holder) {
      return holder;
    }
    throw new IllegalStateException("Nobody has called with a key: the operation lacks its roles");
  }
}
