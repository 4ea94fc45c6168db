package dev.posthorn.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// An agent who works on a queue.
@Entity
@IdClass(QueueAgent.Key.class)
public class QueueAgent {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID queueId;
  @Id public UUID agentId;

  public record Key(UUID queueId, UUID agentId) {}
}
