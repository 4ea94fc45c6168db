package dev.posthorn.login;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// Somebody is signed in. Whoever signs out has no row any more, and a copy of the cookie is good for nothing.
@Entity
class LoginSession {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  UUID loginId;

  /// Where one signs out at the provider; null for nowhere.
  String endSessionUrl;

  Instant expiresAt;
  Instant createdAt;
}
