package dev.posthorn.trust;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A domain of the tenant's own that our signature stands for (RFC 6376). That our key is published there proves that it is.
///
/// `pending` → `verified` ⇄ `failing`. A new key is published beside the old one, and takes its place once it is seen.
@Entity
class SendingDomain {
  static final String PENDING = "pending";
  static final String VERIFIED = "verified";
  static final String FAILING = "failing";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id UUID id;
  String domain;
  String state;
  String selector;

  /// SubjectPublicKeyInfo in base64, as it stands in the record.
  String publicKey;

  UUID secretId;

  /// The key that shall sign once it is published; null where none is wanted, as the next two.
  String nextSelector;

  String nextPublicKey;
  UUID nextSecretId;

  /// Whose record may still be needed by mail that is on its way.
  String retiredSelector;

  Instant checkedAt;

  /// What was in the way at the last look; null for nothing.
  String lastWords;

  /// When it is looked at again; null for never.
  Instant dueAt;

  Instant createdAt;
  Instant updatedAt;
  @Version long version;

  static String recordName(String selector, String domain) {
    return selector + "._domainkey." + domain;
  }

  /// RFC 6376, section 3.6.1.
  static String record(String publicKey) {
    return "v=DKIM1; k=rsa; p=" + publicKey;
  }

  /// The new key takes the place of the old one.
  ///
  /// @return the old key's secret
  UUID turn() {
    var old = secretId;
    retiredSelector = selector;
    selector = nextSelector;
    publicKey = nextPublicKey;
    secretId = nextSecretId;
    forgetNext();
    return old;
  }

  void forgetNext() {
    nextSelector = null;
    nextPublicKey = null;
    nextSecretId = null;
  }
}
