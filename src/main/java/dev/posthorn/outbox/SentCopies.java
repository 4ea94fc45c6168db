package dev.posthorn.outbox;

import dev.posthorn.blob.Blobs;
import dev.posthorn.channel.MailboxLines;
import dev.posthorn.connector.imap.SentShelf;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Sha256;
import dev.posthorn.mail.Spool;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Places;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Worker;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/// Keeps copies of what has left in the mailboxes by which it left (TH-11). It is work of its own, begun in the transaction that
/// says the mail has left: whatever becomes of a copy, nothing is sent again for it (P-33).
@ApplicationScoped
class SentCopies implements PanacheRepositoryBase<SentCopy, UUID>, Worker {
  private static final Logger LOG = Logger.getLogger(SentCopies.class);

  private record Claim(TenantId tenant, UUID mailId) {}

  private record Wanted(UUID mailboxId, MessageId messageId, RawMail mail) {}

  private final Across across;
  private final Outbox outbox;
  private final MailboxLines lines;
  private final Blobs blobs;
  private final Journal journal;
  private final OutboxConfig config;
  private final Clock clock;
  private final Places places;

  SentCopies(Across across, Outbox outbox, MailboxLines lines, Blobs blobs, Journal journal, OutboxConfig config, Clock clock) {
    this.across = across;
    this.outbox = outbox;
    this.lines = lines;
    this.blobs = blobs;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
    this.places = new Places(config.copiesAtOnce());
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(new Loop("posthorn-sent-copies", config.pollInterval(), this::round, places::breakOff)) : List.of();
  }

  /// A mail has left for somebody at least: its mailbox may want a copy.
  void settled(@Observes Settled settled) {
    var mail = outbox.findById(settled.outboundMailId());
    boolean over = settled.state() == OutboundState.SENT || settled.state() == OutboundState.FAILED;
    if (over && mail.sentAt != null && findByIdOptional(mail.id).isEmpty()) {
      lines.copyWanted(mail.channelId).ifPresent(mailbox -> {
        var copy = new SentCopy();
        copy.outboundMailId = mail.id;
        copy.mailboxId = mailbox;
        copy.state = SentCopy.PENDING;
        copy.dueAt = clock.instant();
        persist(copy);
      });
    }
  }

  private boolean round() throws Exception {
    return places.fill(config.pollInterval(), this::claim, this::keepInPlace);
  }

  private List<Claim> claim(int atMost) {
    return across.find(Claim::new, "select tenant_id, id from claim_sent_copy(?, make_interval(secs => ?), ?)", atMost, config.copyLease(), clock.instant());
  }

  private void keepInPlace(Claim claim) {
    try {
      Tenancy.run(claim.tenant, () -> keep(claim.mailId));
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "A copy of the mail %s could not be kept; it is tried again", claim.mailId);
    }
  }

  private void keep(UUID mailId) {
    var wanted = QuarkusTransaction.requiringNew().call(() -> wanted(mailId));
    if (wanted.isEmpty()) {
      return;
    }
    try (var mail = wanted.get().mail) {
      var shelf = lines.shelf(wanted.get().mailboxId);
      if (shelf.isEmpty()) {
        settle(mailId, SentCopy.FAILED, "the mailbox wants no copies any more");
        return;
      }
      switch (shelf.get().keep(wanted.get().messageId, mail)) {
        case SentShelf.Kept.Done(), SentShelf.Kept.Already() -> settle(mailId, SentCopy.DONE, null);
        case SentShelf.Kept.Later(var why) -> settle(mailId, SentCopy.PENDING, why);
      }
    }
  }

  private Optional<Wanted> wanted(UUID mailId) {
    return findByIdOptional(mailId).filter(copy -> copy.state.equals(SentCopy.PENDING)).map(copy -> {
      var mail = outbox.findById(mailId);
      var spool = new Spool(mail.size, config.memoryBytes());
      try (var bytes = blobs.open(Sha256.of(mail.sha256))) {
        bytes.transferTo(spool);
        return new Wanted(copy.mailboxId, new MessageId(mail.messageId), spool.toRawMail());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private void settle(UUID mailId, String state, String why) {
    QuarkusTransaction.requiringNew().run(() -> {
      var copy = findById(mailId);
      boolean givesUp = state.equals(SentCopy.PENDING) && copy.attempts >= config.copyAttempts();
      copy.state = givesUp ? SentCopy.FAILED : state;
      copy.lastError = why;
      copy.dueAt = clock.instant().plus(new Backoff(config.firstPause(), config.longestPause())
          .after(Math.max(1, copy.attempts), ThreadLocalRandom.current().nextDouble()));
      if (givesUp) {
        journal.tenant("mailbox.copy-failed", Actor.SYSTEM, Map.of("mailboxId", copy.mailboxId, "outboundMailId", mailId));
      }
    });
  }
}
