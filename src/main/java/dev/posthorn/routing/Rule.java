package dev.posthorn.routing;

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

/// What is to be done with mail of which a condition is true. Rules are asked in the order of their positions.
@Entity
class Rule {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  String name;
  int position;
  boolean enabled;

  /// Only tickets of this team; null for all, as the queue.
  UUID teamId;

  UUID queueId;

  @JdbcTypeCode(SqlTypes.JSON)
  Content content;

  /// Whether no later rule is asked where the condition is true.
  boolean stop;

  /// Counted from 1; which state of the rule this is.
  int revision;

  Instant createdAt;
  Instant updatedAt;
  @Version long version;

  /// What is asked and what is done.
  record Content(Condition condition, List<Action> actions) {}

  Rulebook.Entry entry() {
    return new Rulebook.Entry(id, revision, name, teamId, queueId, content.condition, content.actions, stop);
  }
}
