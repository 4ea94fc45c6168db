package dev.posthorn.feed;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// An agent wants to be told by mail.
@Entity
public class NoticeWish {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID agentId;
  public Instant updatedAt;
}
