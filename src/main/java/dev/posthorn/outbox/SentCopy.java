package dev.posthorn.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A copy of a mail that has left, to be kept in the mailbox by which it left. `pending` → `done` | `failed`.
@Entity
class SentCopy {
  static final String PENDING = "pending";
  static final String DONE = "done";
  static final String FAILED = "failed";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID outboundMailId;
  UUID mailboxId;
  String state;
  int attempts;
  Instant dueAt;
  String lastError;
}
