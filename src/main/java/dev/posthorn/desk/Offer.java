package dev.posthorn.desk;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A ticket that somebody may have. `pending` → `accepted` | `rejected` | `timed-out` | `withdrawn`.
@Entity
class Offer {
  static final String PENDING = "pending";
  static final String ACCEPTED = "accepted";
  static final String REJECTED = "rejected";
  static final String TIMED_OUT = "timed-out";
  static final String WITHDRAWN = "withdrawn";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  UUID ticketId;
  UUID queueId;
  UUID agentId;
  String state;
  Instant offeredAt;
  Instant expiresAt;
  Instant settledAt;

  boolean isPending() {
    return state.equals(PENDING);
  }

  void ends(String how, Instant at) {
    state = how;
    settledAt = at;
  }
}
