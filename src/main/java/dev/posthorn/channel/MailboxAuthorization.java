package dev.posthorn.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// A sign-in under way. `pending` → `connected` | `refused` (by the provider, by whoever signed in, or by a rule of ours) | `failed`
/// (trouble: begin again).
@Entity
class MailboxAuthorization {
  static final String PENDING = "pending";
  static final String CONNECTED = "connected";
  static final String REFUSED = "refused";
  static final String FAILED = "failed";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;

  /// SHA-256 of the state: whoever reads the table learns none.
  byte[] stateHash;

  /// The public part of the key with which it was begun.
  String keyId;

  String kind;
  String mode;

  /// The mailbox that is signed in for anew, and in the end the one that came of it.
  UUID mailboxId;

  /// The mailbox's address, where it is known beforehand.
  String address;

  @JdbcTypeCode(SqlTypes.JSON)
  AuthorizationWish wish;

  String returnTo;
  String nonce;

  /// The verifier of PKCE, sealed; null once it is used.
  UUID secretId;

  /// The directory whose administrator has consented.
  String directory;

  String outcome;
  String problem;
  String detail;
  String remedy;
  Instant usedAt;
  Instant expiresAt;
  Instant createdAt;
  Instant updatedAt;
}
