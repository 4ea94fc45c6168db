package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A word for how far a ticket is; its kind says what that means to Posthorn.
@Entity
public class Status {
  public static final String NEW = "new";
  public static final String OPEN = "open";
  public static final String WAITING = "waiting";
  public static final String SOLVED = "solved";
  public static final String CLOSED = "closed";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public String kind;
  public int position;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
