package dev.posthorn.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A person who answers.
@Entity
public class Agent {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public String email;
  public String role;
  public String signatureHtml;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
