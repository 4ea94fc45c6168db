package dev.posthorn.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// Where tickets wait. Only its agents get them (TH-30).
@Entity
public class Queue {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public String color;
  public UUID teamId;
  public UUID replyViaId;
  public int position;

  /// How long an agent may think about an offer; null where nothing is offered and tickets are taken by hand.
  public Integer offerTimeoutSeconds;

  /// Whether nobody is done with one of its tickets without saying why (WX-22).
  public boolean wrapUpRequired;

  /// Whether tickets are handed over to it (WX-20).
  public boolean transferable = true;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
