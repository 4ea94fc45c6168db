package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A kind of concern, with an address of its own (OD-13).
@Entity
public class TicketType {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;

  /// Mail to it opens a ticket of this type (OD-14).
  public String creationAddress;

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
