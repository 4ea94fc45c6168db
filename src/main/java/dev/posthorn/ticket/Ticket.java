package dev.posthorn.ticket;

import dev.posthorn.sla.Clocks;
import dev.posthorn.sla.Course;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// One concern of one customer, from the first mail to the end.
@Entity
@DynamicUpdate
public class Ticket {
  /// Pauses beyond these are forgotten, the oldest first: a ticket that goes to and fro that often is late by then.
  private static final int MAX_PAUSES = 500;

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

  /// What it is about; null where nobody said, as the type.
  public UUID categoryId;

  public UUID typeId;
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

  /// When somebody first answered, or ended it without; what [Course] calls so, as the next two.
  Instant reactedAt;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Course.Pause> pauses = List.of();

  Instant endedAt;

  /// How the clocks stood when they were last looked at, to be found by; null where there are none. That
  /// they were looked at is no edit: the ticket's version stays.
  @OptimisticLock(excluded = true)
  String reactionState;

  @OptimisticLock(excluded = true)
  String completionState;

  /// When to look at the clocks again; null where they cannot change by themselves.
  @OptimisticLock(excluded = true)
  Instant clockAt;

  /// Since when nothing is sent in it, because what it came by was deleted, and what that was (WX-13); null where that is not so.
  public Instant interruptedAt;

  public String interruptedBy;
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
    stand(now, at);
  }

  /// The clock of the completion stands still while the ticket waits for the customer and while it is done.
  private void stand(Status now, Instant at) {
    boolean ended = now.kind.equals(Status.SOLVED) || now.kind.equals(Status.CLOSED);
    boolean still = ended || now.kind.equals(Status.WAITING);
    boolean stood = !pauses.isEmpty() && pauses.getLast().to() == null;
    if (still && !stood) {
      pauses = Stream.concat(pauses.stream().skip(Math.max(0, pauses.size() - MAX_PAUSES + 1)), Stream.of(new Course.Pause(at, null))).toList();
    } else if (!still && stood) {
      var began = pauses.getLast().from();
      pauses = Stream.concat(pauses.stream().limit(pauses.size() - 1), Stream.of(new Course.Pause(began, at))).toList();
    }
    endedAt = !ended ? null : endedAt == null ? at : endedAt;
    reactedAt = ended && reactedAt == null ? at : reactedAt;
    clockAt = at;
  }

  void stops(String by, Instant at) {
    interruptedAt = at;
    interruptedBy = by;
    updatedAt = at;
  }

  void goesOn(Instant at) {
    interruptedAt = null;
    interruptedBy = null;
    updatedAt = at;
  }

  void has(UUID priority, Instant at) {
    priorityId = priority;
    updatedAt = at;
    clockAt = at;
  }

  /// What happened to it, as far as its clocks care.
  Course course() {
    return new Course(createdAt, reactedAt, pauses, endedAt);
  }

  /// Keeps how the clocks stand.
  void clocks(Clocks clocks) {
    reactionState = clocks.reaction() == null ? null : clocks.reaction().state().word();
    completionState = clocks.completion() == null ? null : clocks.completion().state().word();
    clockAt = clocks.next().orElse(null);
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
    reactedAt = reactedAt == null ? at : reactedAt;
    clockAt = at;
    unanswered = false;
    lastMessageAt = at;
    updatedAt = at;
  }

  /// What an agent wrote was taken back before it left.
  ///
  /// @param customerSpokeLast whether the last word is the customer's now
  /// @param nobodyAnswered whether no other answer is there: then the first one is still owed
  void unsays(boolean customerSpokeLast, boolean nobodyAnswered, Instant at) {
    unanswered = customerSpokeLast;
    reactedAt = nobodyAnswered && endedAt == null ? null : reactedAt;
    clockAt = at;
    updatedAt = at;
  }
}
