package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// What agents say among themselves. It never leaves (TH-41).
@Entity
public class Comment {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID ticketId;
  public UUID agentId;
  public String text;
  public String html;
  public Instant createdAt;
}
