package dev.posthorn.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// A search for the servers of an address. `pending` → `found` | `not-found`.
@Entity
class MailboxDiscovery {
  static final String PENDING = "pending";
  static final String FOUND = "found";
  static final String NOT_FOUND = "not-found";

  /// One source that was asked.
  ///
  /// @param source `srv`, `autoconfig`, `provider` or `guess`
  /// @param detail where exactly
  /// @param outcome what came of it, in words
  public record Tried(String source, String detail, String outcome, boolean found) {}

  /// What was found.
  ///
  /// @param kind of mailbox that it can be connected as
  /// @param username as the servers want it
  public record Found(String kind, MailboxWish.Server imap, MailboxWish.Server smtp, String username, String source) {}

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  String address;
  String state;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Tried> tried;

  @JdbcTypeCode(SqlTypes.JSON)
  Found found;

  Instant createdAt;
  Instant updatedAt;
}
