package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// One concern of one customer, from the first mail to the end.
@Entity
public class Ticket {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;

  /// Counted per tenant from 1; what people say on the phone (TH-34).
  public long number;

  public String subject;

  /// Name of a status; [#statusKind] is the kind of that status.
  public String status;

  public String statusKind;
  public UUID priorityId;
  public UUID queueId;
  public UUID teamId;
  public UUID assigneeId;

  /// The requester.
  public UUID contactId;

  public UUID inboundChannelId;

  /// The ticket that the first mail claimed to concern, without proof: linked, not joined (P-23).
  public UUID claimsTicketId;

  /// The ticket in which this one goes on (P-26); null if it was not merged.
  public UUID mergedIntoId;

  /// The ticket that this one follows: its answer came too late, or spoke of something else (P-22, P-25, P-27).
  public UUID followsTicketId;

  public Instant lastMessageAt;

  /// The last public message came from the customer (TH-45).
  public boolean unanswered;

  public Instant closedAt;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;

  public boolean isClosed() {
    return closedAt != null;
  }

  public boolean isMerged() {
    return mergedIntoId != null;
  }

  void is(Status now, Instant at) {
    status = now.name;
    statusKind = now.kind;
    // From one closed status to another it is still closed since then.
    closedAt = !now.kind.equals(Status.CLOSED) ? null : closedAt == null ? at : closedAt;
    updatedAt = at;
  }

  /// The customer wrote.
  void hears(Instant at) {
    unanswered = true;
    lastMessageAt = at;
    updatedAt = at;
  }

  /// A program wrote.
  void notes(Instant at) {
    lastMessageAt = at;
    updatedAt = at;
  }

  /// An agent wrote.
  void answers(Instant at) {
    unanswered = false;
    lastMessageAt = at;
    updatedAt = at;
  }
}
