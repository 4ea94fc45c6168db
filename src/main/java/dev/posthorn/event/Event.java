package dev.posthorn.event;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// One thing that happened, written in the transaction that did it and never changed.
@Entity
@Immutable
public class Event {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String kind;
  public UUID ticketId;
  public String actorKind;
  public UUID actorId;

  @JdbcTypeCode(SqlTypes.JSON)
  public Map<String, Object> data;

  public Instant at;
}
