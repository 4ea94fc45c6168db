package dev.posthorn.login;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A domain whose people join by signing in, as long as the tenant proves that the domain is its own.
@Entity
class SignInDomain {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  String domain;

  /// What they become: `agent` or `lead`.
  String role;

  Instant createdAt;
  Instant updatedAt;
}
