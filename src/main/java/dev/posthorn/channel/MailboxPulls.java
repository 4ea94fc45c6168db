package dev.posthorn.channel;

import dev.posthorn.connector.Step;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.TenantId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Who reads which mailbox, and how far it is read. A mailbox is leased by one node at a time; whatever a node writes after it
/// lost the lease is not written (each statement asks for the holder).
@ApplicationScoped
public class MailboxPulls implements PanacheRepositoryBase<MailboxPull, UUID> {
  /// A mailbox of some tenant.
  public record Claim(TenantId tenant, UUID mailboxId) {}

  private final Across across;
  private final Mailboxes mailboxes;
  private final Journal journal;
  private final Event<MailboxStalled> stalled;
  private final Clock clock;

  MailboxPulls(Across across, Mailboxes mailboxes, Journal journal, Event<MailboxStalled> stalled, Clock clock) {
    this.across = across;
    this.mailboxes = mailboxes;
    this.journal = journal;
    this.stalled = stalled;
    this.clock = clock;
  }

  /// Leases due mailboxes of whatever tenants, the longest due first.
  ///
  /// @param holder the node
  public List<Claim> claim(UUID holder, int atMost, Duration lease) {
    return across.find(Claim::new, "select tenant_id, id from claim_mailboxes(?, ?, make_interval(secs => ?), ?)", holder, atMost, lease, clock.instant());
  }

  /// Prolongs everything that the node holds.
  ///
  /// @return what that still is: others may have taken what was not prolonged in time
  public List<Claim> extend(UUID holder, Duration lease) {
    return across.find(Claim::new, "select tenant_id, id from extend_mailbox_leases(?, make_interval(secs => ?), ?)", holder, lease, clock.instant());
  }

  /// Mailboxes that nobody has read since then, and of which nobody was told.
  public List<Claim> stalled(Instant before, int atMost) {
    return across.find(Claim::new, "select tenant_id, id from stalled_mailboxes(?, ?)", before, atMost);
  }

  void begin(Mailbox mailbox, String cursor) {
    var row = new MailboxPull();
    row.mailboxId = mailbox.id;
    row.active = mailbox.processIncoming;
    row.cursor = cursor;
    row.state = MailboxPull.CONNECTED;
    row.dueAt = clock.instant();
    row.lastSuccessAt = row.dueAt;
    persistAndFlush(row);
  }

  /// The mailbox was changed: whoever reads it lets go and it is due, so that it is read as it is now.
  ///
  /// @param tried whether it has just been tried and is well
  /// @param cursor where to go on, if elsewhere than before
  void changed(Mailbox mailbox, boolean tried, Optional<String> cursor) {
    var row = findById(mailbox.id, LockModeType.PESSIMISTIC_WRITE);
    boolean resumes = mailbox.processIncoming && !row.active;
    row.active = mailbox.processIncoming;
    row.leasedBy = null;
    row.leaseUntil = null;
    row.dueAt = clock.instant();
    cursor.ifPresent(elsewhere -> row.cursor = elsewhere);
    if (tried || resumes) {
      row.lastSuccessAt = clock.instant();
      row.stalledAt = null;
    }
    if (tried) {
      row.state = MailboxPull.CONNECTED;
      row.failures = 0;
      row.lastStep = null;
      row.lastError = null;
    }
  }

  /// It is read as if it never had been, in the running transaction.
  void anew(UUID mailboxId) {
    findById(mailboxId, LockModeType.PESSIMISTIC_WRITE).cursor = null;
  }

  /// Goes on to this cursor, after everything before it is durable.
  ///
  /// @param spent what was fetched that day
  /// @return false where the mailbox is somebody else's now
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public boolean advance(UUID mailboxId, UUID holder, String cursor, MailboxLines.Spent spent) {
    return update("cursor = ?1, spentOn = ?2, spentBytes = ?3 where mailboxId = ?4 and leasedBy = ?5", cursor, spent.on(), spent.bytes(), mailboxId,
        holder) > 0;
  }

  /// Whoever reads it looks now: what was announced until here is heeded.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void heed(UUID mailboxId) {
    update("announced = false where mailboxId = ?1 and announced", mailboxId);
  }

  /// Something is announced, in the running transaction: it is due at once, or as soon as whoever reads it now lets it go. One that
  /// waits after trouble goes on waiting.
  void announced(UUID mailboxId) {
    var row = findById(mailboxId, LockModeType.PESSIMISTIC_WRITE);
    if (row != null && row.failures == 0) {
      row.announced = true;
      row.dueAt = row.dueAt.isAfter(clock.instant()) ? clock.instant() : row.dueAt;
    }
  }

  /// It was read to the end.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void succeeded(UUID mailboxId, UUID holder) {
    held(mailboxId, holder).ifPresent(row -> {
      boolean recovers = !row.state.equals(MailboxPull.CONNECTED) || row.stalledAt != null;
      row.state = MailboxPull.CONNECTED;
      row.failures = 0;
      row.lastSuccessAt = clock.instant();
      row.lastStep = null;
      row.lastError = null;
      row.stalledAt = null;
      if (recovers) {
        journal.tenant("mailbox.recovered", Actor.SYSTEM, Map.of("mailboxId", mailboxId));
      }
    });
  }

  /// It could not be read; it is let go, and due again then.
  ///
  /// @param state `failing` or `needs-reauthorization`
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void failed(UUID mailboxId, UUID holder, String state, String step, String why, Instant due) {
    held(mailboxId, holder).ifPresent(row -> {
      turn(row, row.state.equals(MailboxPull.NEEDS_REAUTHORIZATION) ? row.state : state, step);
      row.failures++;
      row.lastStep = step;
      row.lastError = why;
      letGo(row, due);
    });
  }

  /// The mailbox itself could not be asked, for what lets us in was not to be had just now: its state stays (P-07).
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void hindered(UUID mailboxId, UUID holder, String step, String why, Instant due) {
    held(mailboxId, holder).ifPresent(row -> {
      row.failures++;
      row.lastStep = step;
      row.lastError = why;
      letGo(row, due);
    });
  }

  /// What lets us in is dead, as the running transaction found, whoever asked for it.
  void grantDied(UUID mailboxId, String why) {
    var row = findById(mailboxId, LockModeType.PESSIMISTIC_WRITE);
    turn(row, MailboxPull.NEEDS_REAUTHORIZATION, Step.TOKEN.word());
    row.lastStep = Step.TOKEN.word();
    row.lastError = why;
  }

  private void turn(MailboxPull row, String state, String step) {
    if (!row.state.equals(state)) {
      journal.tenant("mailbox." + state, Actor.SYSTEM, Map.of("mailboxId", row.mailboxId, "step", step));
    }
    row.state = state;
  }

  /// Lets it go; it is due then.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void release(UUID mailboxId, UUID holder, Instant due) {
    held(mailboxId, holder).ifPresent(row -> letGo(row, row.announced ? clock.instant() : due));
  }

  /// It stands still, and that is told now, once.
  ///
  /// @param before it was not read since then
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void stall(UUID mailboxId, Instant before) {
    var row = findById(mailboxId, LockModeType.PESSIMISTIC_WRITE);
    if (row == null || !row.active || row.stalledAt != null || !row.lastSuccessAt.isBefore(before)) {
      return;
    }
    row.stalledAt = clock.instant();
    var mailbox = mailboxes.findById(mailboxId);
    journal.tenant("mailbox.stalled", Actor.SYSTEM, Map.of("mailboxId", mailboxId, "state", row.state, "lastSuccessAt", row.lastSuccessAt.toString()));
    stalled.fire(new MailboxStalled(mailboxId, mailbox.name, mailbox.address, row.lastSuccessAt, Optional.ofNullable(row.lastError).orElse("")));
  }

  private static void letGo(MailboxPull row, Instant due) {
    row.leasedBy = null;
    row.leaseUntil = null;
    row.dueAt = due;
  }

  private Optional<MailboxPull> held(UUID mailboxId, UUID holder) {
    return find("mailboxId = ?1 and leasedBy = ?2", mailboxId, holder).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
  }
}
