package dev.posthorn.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.annotations.TenantId;

/// A person who answers.
@Entity
@DynamicUpdate
public class Agent {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public String email;
  public String role;
  public String signatureHtml;

  /// Whether they get in at all, by whatever they show.
  public boolean active = true;

  /// Whether they are there to be offered work: `offline`, `available` or `rona`. That it changes is no edit, as with the next three.
  @OptimisticLock(excluded = true)
  public String state = "offline";

  @OptimisticLock(excluded = true)
  public Instant stateSince;

  /// Since when nothing was accepted.
  @OptimisticLock(excluded = true)
  public Instant idleSince;

  /// How many tickets they have at once; null for what is usual.
  @OptimisticLock(excluded = true)
  public Integer capacity;

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
