package dev.posthorn.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// Where tickets wait. Only its agents get them (TH-30).
@Entity
public class Queue {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public String color;
  public UUID teamId;
  public UUID replyViaId;
  public int position;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
