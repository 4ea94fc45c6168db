package dev.posthorn.web;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A key that a tenant issued. It is never changed: one that is to be different is deleted and issued anew.
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

  byte[] hash;
  public Instant createdAt;
}
