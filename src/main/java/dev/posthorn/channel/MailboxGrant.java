package dev.posthorn.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// What lets us into a mailbox by sign-in. The tokens themselves are the mailbox's sealed secret ([GrantSecret]).
@Entity
class MailboxGrant {
  /// Somebody signed in.
  static final String DELEGATED = "delegated";
  /// An administrator consented for the directory: the application reads by itself.
  static final String APPLICATION = "application";
  /// An administrator of a domain at Google trusts a service account.
  static final String SERVICE_ACCOUNT = "service-account";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID mailboxId;
  String mode;
  String directory;

  /// Who signed in, immutable within the directory; null where nobody did.
  String subject;

  String signedInAs;

  /// Whose mailbox it is, as the provider's paths say it.
  String providerUser;

  /// When the access token ends; null where there is none that is good.
  Instant expiresAt;

  /// How many access tokens there were.
  long generation;

  /// Who is refreshing it, and until when nobody else does.
  UUID leasedBy;

  Instant leaseUntil;

  /// The token endpoint is left alone until then.
  Instant notBefore;

  String deadCode;
  String deadWords;
  String deadRemedy;

  /// When it last died, also after it lived again (P-04).
  Instant diedAt;

  Instant grantedAt;
  Instant refreshedAt;

  boolean isDead() {
    return deadCode != null;
  }
}
