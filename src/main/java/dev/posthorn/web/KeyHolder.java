package dev.posthorn.web;

import dev.posthorn.tenant.TenantId;
import java.security.Principal;
import java.time.Instant;
import java.util.UUID;

/// Whoever calls: the holder of a key, of a session, or of a provider's token.
///
/// @param keyId the public part of the key; `session-…` or `login-…` for people who signed in
/// @param tenant null for the operator
/// @param agentId null where the key stands for no agent
/// @param contactId null where it stands for no contact
/// @param scopes what of the role the key is good for
/// @param until when the key ends; null for never, and for people who signed in
/// @param byCookie whether a browser sends it by itself, whoever asks it to: then writing needs to come from our own pages
public record KeyHolder(String keyId, Role role, TenantId tenant, UUID agentId, UUID contactId, Scopes scopes, Instant until, boolean byCookie)
    implements Principal {
  /// Somebody who signed in: the role is that of the agent.
  public static KeyHolder signedIn(String keyId, Role role, TenantId tenant, UUID agentId, boolean byCookie) {
    return new KeyHolder(keyId, role, tenant, agentId, null, Scopes.ALL, null, byCookie);
  }

  @Override
  public String getName() {
    return keyId;
  }
}
