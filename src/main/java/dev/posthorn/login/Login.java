package dev.posthorn.login;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// As whom somebody is known at a provider, and which agent that is here. One agent may be known at several.
@Entity
class Login {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  UUID agentId;

  /// Its name in the configuration.
  String provider;

  String issuer;
  String subject;
  Instant usedAt;
  Instant createdAt;
}
