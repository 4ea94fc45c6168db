package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A text that is written once and used often.
@Entity
class Template {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  String name;
  String subject;

  /// Cleaned, with its variables as they were written.
  String bodyHtml;

  Instant createdAt;
  Instant updatedAt;
  @Version long version;
}
