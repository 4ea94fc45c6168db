package dev.posthorn.routing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// A rule as it was since somebody saved it. Kept when the rule is changed or deleted, so that an explanation can name it.
@Entity
@Immutable
@IdClass(RuleRevision.Key.class)
class RuleRevision {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID ruleId;
  @Id int revision;
  String name;
  int position;
  boolean enabled;
  UUID teamId;
  UUID queueId;

  @JdbcTypeCode(SqlTypes.JSON)
  Rule.Content content;

  boolean stop;
  Instant savedAt;

  record Key(UUID ruleId, int revision) {}

  static RuleRevision of(Rule rule) {
    var row = new RuleRevision();
    row.ruleId = rule.id;
    row.revision = rule.revision;
    row.name = rule.name;
    row.position = rule.position;
    row.enabled = rule.enabled;
    row.teamId = rule.teamId;
    row.queueId = rule.queueId;
    row.content = rule.content;
    row.stop = rule.stop;
    row.savedAt = rule.updatedAt;
    return row;
  }
}
