package dev.posthorn.setup;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// What a provider wrote to a forwarding address before it forwards there: somebody has to follow its link, or to type its code.
@Entity
public class ForwardingConfirmation {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID teamId;
  public String provider;

  /// The address that wants to forward, as far as the provider says so.
  public String address;

  public String code;
  public String link;
  public UUID inboundMailId;
  public Instant createdAt;
}
