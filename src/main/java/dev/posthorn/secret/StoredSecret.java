package dev.posthorn.secret;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// One sealed secret.
@Entity
class StoredSecret {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  String purpose;
  String keyId;
  byte[] sealed;
  Instant createdAt;
  Instant updatedAt;
}
