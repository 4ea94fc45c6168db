package dev.posthorn.feed;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// One event for one webhook, and how far it got.
@Entity
public class WebhookDelivery {
  static final String PENDING = "pending";
  static final String DELIVERED = "delivered";
  static final String FAILED = "failed";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID webhookId;
  public UUID eventId;
  public String state;
  public int attempts;
  public Instant dueAt;
  public Instant lastAt;
  public Integer lastStatus;
  public String lastError;
  public Instant createdAt;

  @Version
  @Column(name = "version")
  public long version;

  /// Tried once more from the beginning.
  void again(Instant now) {
    state = PENDING;
    attempts = 0;
    dueAt = now;
  }
}
