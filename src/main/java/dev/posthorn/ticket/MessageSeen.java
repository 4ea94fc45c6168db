package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// Up to which message an agent has seen a ticket (WX-10).
@Entity
@IdClass(MessageSeen.Key.class)
class MessageSeen {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID ticketId;
  @Id UUID agentId;
  UUID messageId;
  Instant seenAt;

  record Key(UUID ticketId, UUID agentId) {}
}
