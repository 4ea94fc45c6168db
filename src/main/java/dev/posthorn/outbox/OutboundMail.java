package dev.posthorn.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
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

  /// Where its bytes are while it waits; null for all whose bytes are kept.
  UUID sealedId;

  /// Since when its bytes are not kept any more; from the beginning for those that are sealed. Written here at the beginning alone.
  @Column(updatable = false)
  Instant rawGoneAt;

  public long size;
  public String envelopeFrom;
  public String state;
  public int attempts;

  /// A try ended so that nobody knows whether it arrived; the next try carries the same Message-ID.
  public boolean doubtful;

  /// The doubtful try was made for everybody whom the mail is for: if its mailbox has sent it, all have it.
  public boolean wholeDoubt;

  /// A try has begun, and how it ended is not written down yet: for ever, if its process died.
  public boolean underway;

  /// It goes to an address of the tenant's own on purpose.
  boolean ownAddressMeant;

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

  /// The process of the last try died, and that try may have ended well.
  ///
  /// @param pause how long the mail waits after such an end
  /// @return whether it waits still
  boolean endedUnheard(int recipients, Instant now, Duration pause) {
    doubtful = true;
    // Of several, some may have been refused, and nobody wrote down which.
    wholeDoubt = recipients == 1;
    lastError = "the process that was sending it has ended";
    var until = attemptedAt.plus(pause);
    boolean waits = until.isAfter(now);
    dueAt = waits ? until : dueAt;
    return waits;
  }

  /// Whether it is to leave still.
  boolean isOpen() {
    return state.equals(OutboundState.QUEUED.word()) || state.equals(OutboundState.DEFERRED.word());
  }

  /// Since when it may leave.
  Instant beginning() {
    return notBefore != null ? notBefore : createdAt;
  }
}
