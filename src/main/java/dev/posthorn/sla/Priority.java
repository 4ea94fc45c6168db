package dev.posthorn.sla;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// How urgent a ticket is. Higher rank, more urgent.
@Entity
public class Priority {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public int rank;
  public boolean isDefault;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
