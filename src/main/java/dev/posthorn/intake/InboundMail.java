package dev.posthorn.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// One mail that came in, and what became of it. The row is written with the bytes (see [Intake]); triage settles it once.
///
/// `state` is `pending` until it is exactly one of the other words of [InboundState].
@Entity
public class InboundMail {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID channelId;
  public String sourceKey;
  public byte[] sha256;
  public long size;
  public String envelopeFrom;
  public String envelopeTo;
  public String remoteAddress;
  public String helo;
  public Instant receivedAt;

  /// Was there before its mailbox was connected: nobody is written to by itself for it.
  public boolean backlog;

  /// What its provider calls the conversation that it belongs to; null where it knows none.
  public String conversation;

  /// Where its walk halted, for whoever watches by traces; null while nobody does.
  public String trace;

  public String state;
  public String reason;
  public int attempts;
  public Instant dueAt;
  public UUID ticketId;
  public UUID messageId;
  public Instant settledAt;
  public Instant claimedAt;
  public Instant parsedAt;

  /// When somebody let it out of quarantine; it is not held back again.
  public Instant releasedAt;

  /// Who wrote it and about what, while it is held back.
  public String sender;
  public String subject;

  /// Since when the original is not kept any more; null while it is.
  public Instant rawGoneAt;

  @JdbcTypeCode(SqlTypes.JSON)
  public Explanation explanation;

  /// The end of its way: what it became, and why.
  public void settle(InboundState end, String why, UUID ticket, UUID message, Instant at) {
    if (!state.equals(InboundState.PENDING.word())) {
      throw new IllegalStateException("The mail " + id + " is settled already as " + state);
    }
    state = end.word();
    reason = why;
    ticketId = ticket;
    messageId = message;
    settledAt = at;
  }

  /// Let out of quarantine: it is filed as if nobody had held it back.
  public void release(Instant at) {
    releasedAt = at;
    again(at);
  }

  /// Is pending once more, due at once.
  public void again(Instant at) {
    state = InboundState.PENDING.word();
    reason = null;
    attempts = 0;
    dueAt = at;
    ticketId = null;
    messageId = null;
    settledAt = null;
    sender = null;
    subject = null;
    explanation = null;
  }

  /// Of what it said, and of whom, nothing is kept any more.
  public void forget(Instant at) {
    rawGoneAt = rawGoneAt == null ? at : rawGoneAt;
    envelopeFrom = "";
    remoteAddress = "";
    helo = "";
    sender = null;
    subject = null;
    explanation = null;
  }

  /// Stays pending and is tried again then.
  public void postpone(String why, Instant until) {
    reason = why;
    dueAt = until;
  }
}
