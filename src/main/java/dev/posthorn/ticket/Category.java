package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// What tickets are about, in the tenant's own words.
@Entity
public class Category {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public int position;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
