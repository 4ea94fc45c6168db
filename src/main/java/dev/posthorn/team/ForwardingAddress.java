package dev.posthorn.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// An address that a team was given. Once issued it routes to the team for ever (EH-19), active or not.
@Entity
public class ForwardingAddress {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID teamId;
  public String address;

  /// Whether the team still shows it to its customers; says nothing about routing.
  public boolean active;

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
