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
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// Keeps copies of what has left in the mailboxes by which it left (TH-11). It is work of its own, begun in the transaction that
/// says the mail has left: whatever becomes of a copy, nothing is sent again for it (P-33).
@ApplicationScoped
class SentCopies implements PanacheRepositoryBase<SentCopy, UUID> {
  private static final Logger LOG = Logger.getLogger(SentCopies.class);

  private record Claim(TenantId tenant, UUID mailId) {}

  private record Wanted(UUID mailboxId, MessageId messageId, RawMail mail) {}

  private final DataSource dataSource;
  private final Outbox outbox;
  private final MailboxLines lines;
  private final Blobs blobs;
  private final Journal journal;
  private final OutboxConfig config;
  private final Clock clock;
  private final Semaphore places;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Loop loop;

  SentCopies(DataSource dataSource, Outbox outbox, MailboxLines lines, Blobs blobs, Journal journal, OutboxConfig config, Clock clock) {
    this.dataSource = dataSource;
    this.outbox = outbox;
    this.lines = lines;
    this.blobs = blobs;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
    this.places = new Semaphore(config.copiesAtOnce());
  }

  void start(@Observes @Priority(Loop.START) StartupEvent start) {
    if (config.enabled()) {
      loop = Loop.start("posthorn-sent-copies", config.pollInterval(), this::round);
    }
  }

  void stop(@Observes ShutdownEvent stop) {
    if (loop != null) {
      loop.close();
      threads.shutdownNow();
    }
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

  /// @return whether there may be more
  private boolean round() throws InterruptedException {
    places.acquire();
    int free = 1 + places.drainPermits();
    List<Claim> claims = List.of();
    try {
      claims = claim(free);
    } finally {
      places.release(free - claims.size());
    }
    claims.forEach(claim -> threads.submit(() -> keepInPlace(claim)));
    return claims.size() == free;
  }

  private List<Claim> claim(int atMost) {
    return QuarkusTransaction.requiringNew().call(() -> {
      try (var connection = dataSource.getConnection();
          var call = connection.prepareStatement("select tenant_id, id from claim_sent_copy(?, make_interval(secs => ?), ?)")) {
        call.setInt(1, atMost);
        call.setDouble(2, config.copyLease().toMillis() / 1000.0);
        call.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
        var rows = call.executeQuery();
        var claims = new ArrayList<Claim>();
        while (rows.next()) {
          claims.add(new Claim(new TenantId(rows.getObject(1, UUID.class)), rows.getObject(2, UUID.class)));
        }
        return claims;
      }
    });
  }

  private void keepInPlace(Claim claim) {
    try {
      Tenancy.run(claim.tenant, () -> keep(claim.mailId));
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "A copy of the mail %s could not be kept; it is tried again", claim.mailId);
    } finally {
      places.release();
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
