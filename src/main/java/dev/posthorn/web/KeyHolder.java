package dev.posthorn.web;

import dev.posthorn.tenant.TenantId;
import java.security.Principal;
import java.util.UUID;

/// Whoever holds a key.
///
/// @param keyId the public part of the key
/// @param tenant null for the operator
/// @param agentId null where the key stands for no agent
/// @param contactId null where it stands for no contact
record KeyHolder(String keyId, Role role, TenantId tenant, UUID agentId, UUID contactId) implements Principal {
  @Override
  public String getName() {
    return keyId;
  }
}
