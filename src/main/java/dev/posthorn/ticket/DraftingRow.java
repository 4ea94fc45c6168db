package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// Somebody who writes an answer just now.
@Entity
@Table(name = "drafting")
@IdClass(DraftingRow.Key.class)
class DraftingRow {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID ticketId;
  @Id UUID agentId;
  Instant since;

  /// Unless it is said again.
  Instant until;

  record Key(UUID ticketId, UUID agentId) {}
}
