package dev.posthorn.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// One mail that is to leave: its final bytes are stored, its Message-ID is fixed before the first try.
///
/// `queued` → (`deferred` →)* `sent` | `failed`. A mail with several recipients is `deferred` while one of them may still
/// be reached, and `failed` at the end if one was refused; the recipients' own states say whom it reached.
@Entity
public class OutboundMail {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID channelId;
  public String messageId;
  public byte[] sha256;
  public long size;
  public String envelopeFrom;
  public String state;
  public int attempts;

  /// A try ended so that nobody knows whether it arrived; the next try carries the same Message-ID.
  public boolean doubtful;

  public String lastError;
  public Instant dueAt;

  /// Before this time it does not leave, and may be taken back; null where it is to leave at once.
  public Instant notBefore;

  /// When the last try began; null before the first.
  public Instant attemptedAt;

  public Instant createdAt;
  public Instant sentAt;

  /// Where its walk halted, for whoever watches by traces; null while nobody does.
  String trace;
}
