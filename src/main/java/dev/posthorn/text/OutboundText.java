package dev.posthorn.text;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// One text that is to leave: `queued` → (`deferred` →)* `sent` → `delivered`, or `failed`.
@Entity
public class OutboundText {
  public static final String QUEUED = "queued";
  public static final String DEFERRED = "deferred";
  public static final String SENT = "sent";
  public static final String DELIVERED = "delivered";
  public static final String FAILED = "failed";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID accountId;
  public String number;

  /// Null once it has left, or never will.
  String text;

  public int segments;
  public String state;
  public int attempts;

  /// A try ended so that nobody knows whether the gateway took it; the next one carries the same id.
  public boolean doubtful;

  public String lastError;
  public Instant dueAt;

  /// Before this time it does not leave; null where it is to leave at once.
  public Instant notBefore;

  public Instant attemptedAt;
  public Instant sentAt;
  public Instant deliveredAt;
  public Instant createdAt;

  boolean isOpen() {
    return state.equals(QUEUED) || state.equals(DEFERRED);
  }

  void sent(Instant at) {
    state = SENT;
    sentAt = at;
    text = null;
    lastError = null;
    doubtful = false;
  }

  void failed(String why) {
    state = FAILED;
    text = null;
    lastError = why;
  }
}
