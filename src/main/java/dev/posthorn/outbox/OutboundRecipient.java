package dev.posthorn.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// How far a mail got with one of its recipients. Nobody who has it is sent it again.
@Entity
@IdClass(OutboundRecipient.Key.class)
public class OutboundRecipient {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID outboundMailId;
  @Id public String address;
  public String state;
  public String serverWords;

  public record Key(UUID outboundMailId, String address) {}
}
