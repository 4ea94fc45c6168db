package dev.posthorn.web;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// A key that a tenant issued. What it is good for is never changed: one that is to be different is deleted and issued anew. Its
/// secret may be rotated.
@Entity
public class ApiKey {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;

  /// The public part of the key.
  public String keyId;

  public String name;

  @Convert(converter = RoleColumn.class)
  public Role role;

  /// The agent that the key stands for; null for an admin's key that stands for nobody in particular.
  public UUID agentId;

  /// The contact that a requester's key stands for; null for others.
  public UUID contactId;

  /// What of the role it is good for; null for everything.
  @JdbcTypeCode(SqlTypes.JSON)
  List<String> scopes;

  byte[] hash;

  /// The secret before the last rotation, good until then; null for none.
  byte[] previousHash;

  Instant previousUntil;

  /// From then on it is nobody's; null for never.
  Instant expiresAt;

  /// When it was last used, to the minute or so; null for never.
  Instant usedAt;

  public Instant createdAt;
}
