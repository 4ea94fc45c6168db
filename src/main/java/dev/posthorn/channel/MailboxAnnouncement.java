package dev.posthorn.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// What a mailbox's provider was asked to tell us by itself, and until when it does.
@Entity
class MailboxAnnouncement {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID mailboxId;

  /// The provider's own for it; null while nothing is announced.
  String providerId;

  /// SHA-256 of what the provider shows with each announcement.
  byte[] stateHash;

  /// The same of what it was shown last: its announcements may come before its answer does.
  byte[] offeredHash;

  Instant until;

  /// When the provider is asked again.
  Instant nextAt;

  Instant lastHeardAt;
  String lastError;
}
