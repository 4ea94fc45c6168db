package dev.posthorn.contact;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// Somebody who writes to us.
@Entity
public class Contact {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public String type;

  /// The agent who looks after them; null for nobody.
  public UUID ownerId;

  public boolean vip;

  /// Whether the tenant knows them as one of its own: by import or API, not because they wrote.
  public boolean registered;

  public String language;
  public String externalId;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
