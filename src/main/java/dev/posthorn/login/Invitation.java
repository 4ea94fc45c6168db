package dev.posthorn.login;

import dev.posthorn.web.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// Somebody may join. `pending` → `accepted`, once.
@Entity
class Invitation {
  static final String PENDING = "pending";
  static final String ACCEPTED = "accepted";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  String email;
  String name;
  String role;

  @JdbcTypeCode(SqlTypes.JSON)
  List<UUID> teamIds;

  @JdbcTypeCode(SqlTypes.JSON)
  List<UUID> queueIds;

  /// SHA-256 of what the link holds: whoever reads the table learns none.
  byte[] tokenHash;

  String state;

  /// Who came of it; null until then.
  UUID agentId;

  /// The public part of what the caller showed.
  String invitedBy;

  Instant expiresAt;
  Instant acceptedAt;
  Instant createdAt;
  Instant updatedAt;
  @Version long version;

  boolean isGood(Instant now) {
    return state.equals(PENDING) && expiresAt.isAfter(now);
  }

  Role asRole() {
    return Role.valueOf(role.toUpperCase(Locale.ROOT));
  }
}
