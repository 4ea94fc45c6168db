package dev.posthorn.text;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// One text that came in, known by its channel and the gateway's own id.
@Entity
public class InboundText {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID channelId;
  public String sourceKey;
  public UUID ticketId;
  public UUID messageId;
  public Instant receivedAt;
}
