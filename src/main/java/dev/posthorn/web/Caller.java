package dev.posthorn.web;

import dev.posthorn.tenant.TenantId;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;

/// Who calls, for the length of one HTTP request. Only for operations that need a key.
@RequestScoped
public class Caller {
  private KeyHolder holder;

  private String secret;

  void is(KeyHolder holder, String secret) {
    this.holder = holder;
    this.secret = secret;
  }

  /// Whether anybody has called with a key at all.
  public boolean isKnown() {
    return holder != null;
  }

  public Role role() {
    return holder().role();
  }

  public boolean is(Role role) {
    return role() == role;
  }

  /// The caller's tenant; none for the operator.
  public Optional<TenantId> tenant() {
    return Optional.ofNullable(holder().tenant());
  }

  /// The agent that the key stands for; admins' keys may stand for none.
  public Optional<UUID> agentId() {
    return Optional.ofNullable(holder().agentId());
  }

  /// The contact that a requester's key stands for.
  public Optional<UUID> contactId() {
    return Optional.ofNullable(holder().contactId());
  }

  /// The public part of the key, for logs and the audit; `operator` for the platform's key.
  public String keyId() {
    return holder().keyId();
  }

  /// What the caller may hand on by a key.
  KeyReach reach() {
    return new KeyReach(holder().scopes(), holder().until());
  }

  /// Whether a browser sends what the caller is known by.
  public boolean byCookie() {
    return holder().byCookie();
  }

  /// What the caller alone shows, and is not stored here: whatever is closed under it opens for the same caller alone.
  String secret() {
    holder();
    return secret;
  }

  private KeyHolder holder() {
    if (holder == null) {
      throw new IllegalStateException("Nobody has called with a key: the operation lacks its roles");
    }
    return holder;
  }
}
