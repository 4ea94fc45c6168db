package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A word on a ticket to find it by.
@Entity
@IdClass(TicketTag.Key.class)
public class TicketTag {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public String tag;
  @Id public UUID ticketId;

  public record Key(String tag, UUID ticketId) {}
}
