package dev.posthorn.channel;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Mails that could not be read: each is looked for again with growing pauses, and given up in the end, said aloud and kept in
/// view. The others flow meanwhile.
@ApplicationScoped
public class MailboxMishaps implements PanacheRepositoryBase<MailboxMishap, MailboxMishap.Key> {
  private static final int MOST_DOUBLINGS = 10;

  private final Journal journal;
  private final Clock clock;

  MailboxMishaps(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /// It could not be read, once more.
  ///
  /// @param first the pause after the first time; it doubles
  /// @param most looks before it is given up
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void happened(UUID mailboxId, String reference, String why, Duration first, int most) {
    var row = findByIdOptional(new MailboxMishap.Key(mailboxId, reference)).orElseGet(() -> {
      var fresh = new MailboxMishap();
      fresh.mailboxId = mailboxId;
      fresh.reference = reference;
      fresh.firstAt = clock.instant();
      fresh.dueAt = fresh.firstAt;
      fresh.why = why;
      persist(fresh);
      return fresh;
    });
    row.why = why;
    row.attempts++;
    row.dueAt = clock.instant().plus(first.multipliedBy(1L << Math.min(row.attempts - 1, MOST_DOUBLINGS)));
    if (row.attempts >= most && !row.givenUp) {
      row.givenUp = true;
      journal.tenant("mailbox.mail-given-up", Actor.SYSTEM, Map.of("mailboxId", mailboxId, "reference", reference));
    }
  }

  /// It was read, or it is gone.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void over(UUID mailboxId, String reference) {
    deleteById(new MailboxMishap.Key(mailboxId, reference));
  }

  /// Those that are to be looked for now.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public List<String> due(UUID mailboxId, int atMost) {
    return find("mailboxId = ?1 and not givenUp and dueAt <= ?2 order by dueAt", mailboxId, clock.instant()).page(0, atMost).stream()
        .map(row -> row.reference).toList();
  }
}
