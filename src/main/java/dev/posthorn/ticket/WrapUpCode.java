package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// Why somebody was done with a ticket, in the tenant's own words (WX-22).
@Entity
class WrapUpCode {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  String name;

  /// Whether it may still be chosen.
  boolean active;

  Instant createdAt;
  Instant updatedAt;
  @Version long version;
}
