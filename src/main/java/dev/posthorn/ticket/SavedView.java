package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// A list of tickets as somebody wants to see it again: an agent's own, or shared with everybody.
@Entity
public class SavedView {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;

  /// The agent who made it; null for one of the administration's.
  public UUID ownerId;

  public boolean shared;

  @JdbcTypeCode(SqlTypes.JSON)
  public ViewFilters filters;

  public String sort;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<String> columns;

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
