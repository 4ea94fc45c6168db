package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// That somebody was done with a ticket, and why.
@Entity
class WrapUp {
  static final String TRANSFER = "transfer";
  static final String CLOSURE = "closure";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  UUID ticketId;

  /// Where it was then.
  UUID queueId;

  UUID agentId;
  UUID wrapUpCodeId;
  String kind;
  Instant at;
}
