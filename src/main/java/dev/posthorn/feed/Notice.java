package dev.posthorn.feed;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// What an agent is told by mail of one event: at most once, whatever happens (P-54).
@Entity
@IdClass(Notice.Key.class)
public class Notice {
  static final String PENDING = "pending";
  static final String SENT = "sent";
  static final String DROPPED = "dropped";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID agentId;
  @Id public UUID eventId;
  public UUID ticketId;

  /// Of the event.
  public String kind;

  public String state;
  public UUID outboundMailId;
  public Instant createdAt;

  public record Key(UUID agentId, UUID eventId) {}
}
