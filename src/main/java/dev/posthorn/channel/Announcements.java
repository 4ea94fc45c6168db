package dev.posthorn.channel;

import dev.posthorn.connector.Announcer;
import dev.posthorn.secret.Secret;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// What providers announce of new mail, and what they are asked to announce. Whoever reads a mailbox sees to it that it is announced;
/// what is announced makes the mailbox due, whichever node reads it then.
///
/// An announcement shows a secret, which begins with the mailbox's id and of which a hash is kept.
@ApplicationScoped
public class Announcements implements PanacheRepositoryBase<MailboxAnnouncement, UUID> {
  private static final int SECRET_BYTES = 32;

  private final MailboxPulls pulls;
  private final Across across;
  private final Clock clock;

  Announcements(MailboxPulls pulls, Across across, Clock clock) {
    this.pulls = pulls;
    this.across = across;
    this.clock = clock;
  }

  /// A mailbox whose provider is to be asked now.
  ///
  /// @param current the provider's own for what it announces already
  /// @param state what it is to show
  public record Due(Optional<String> current, Secret state) {}

  /// What a provider says beside "there is new mail".
  public enum Event {
    /// There is new mail.
    NEWS,
    /// It will stop unless it is asked again.
    RENEW,
    /// It has stopped.
    OVER
  }

  /// @return nothing where it need not be asked yet
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Optional<Due> due(UUID mailboxId) {
    var row = findById(mailboxId, LockModeType.PESSIMISTIC_WRITE);
    if (row != null && row.nextAt.isAfter(clock.instant())) {
      return Optional.empty();
    }
    if (row == null) {
      row = new MailboxAnnouncement();
      row.mailboxId = mailboxId;
      row.nextAt = clock.instant();
      persist(row);
    }
    var state = mailboxId + "." + random();
    row.offeredHash = hash(state);
    return Optional.of(new Due(Optional.ofNullable(row.providerId), Secret.of(state)));
  }

  /// The provider has answered.
  ///
  /// @param pause until it is asked again where it announces nothing
  /// @param retry the same where it had no time
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void answered(UUID mailboxId, Announcer.Outcome outcome, Duration pause, Duration retry) {
    var row = findById(mailboxId, LockModeType.PESSIMISTIC_WRITE);
    if (row == null) {
      return;
    }
    var now = clock.instant();
    switch (outcome) {
      case Announcer.Outcome.Announced(var id, var until) -> {
        if (!id.equals(row.providerId)) {
          row.stateHash = row.offeredHash;
        }
        row.providerId = id;
        row.until = until;
        row.lastError = null;
        // With a third of its time left there is time to try again.
        var left = Duration.between(now, until);
        row.nextAt = left.compareTo(retry) > 0 ? now.plus(left.multipliedBy(2).dividedBy(3)) : now.plus(retry);
      }
      case Announcer.Outcome.NotAllowed(var why) -> {
        row.providerId = null;
        row.until = null;
        row.lastError = why;
        row.nextAt = now.plus(pause);
      }
      case Announcer.Outcome.NotNow(var why, var after) -> {
        row.lastError = why;
        row.nextAt = now.plus(after.filter(asked -> asked.compareTo(retry) > 0).orElse(retry));
      }
    }
    row.offeredHash = null;
  }

  /// Something is announced, by whoever shows this. Durable when this returns.
  ///
  /// @return false where it is not what we were to be shown
  public boolean heard(String state, Event event) {
    var mailboxId = mailboxOf(state);
    var tenant = mailboxId.flatMap(this::tenantOf);
    return tenant.isPresent() && Tenancy.<Boolean, RuntimeException>in(tenant.get(),
        () -> QuarkusTransaction.requiringNew().call(() -> heard(mailboxId.get(), hash(state), event)));
  }

  /// Gmail announces something of an address, whoever has connected it: whoever says so was believed before. Durable when this returns.
  public void heardOfGmail(String address) {
    var claims = across.find(MailboxPulls.Claim::new, "select tenant_id, id from gmail_mailboxes(?)", address);
    claims.forEach(claim -> Tenancy.run(claim.tenant(), () -> QuarkusTransaction.requiringNew().run(() -> {
      update("lastHeardAt = ?1 where mailboxId = ?2", clock.instant(), claim.mailboxId());
      pulls.announced(claim.mailboxId());
    })));
  }

  private boolean heard(UUID mailboxId, byte[] shown, Event event) {
    var row = findById(mailboxId, LockModeType.PESSIMISTIC_WRITE);
    // Both are compared, in a time that tells nothing (MessageDigest#isEqual).
    boolean known = row != null && isSame(row.stateHash, shown) | isSame(row.offeredHash, shown);
    if (!known) {
      return false;
    }
    row.lastHeardAt = clock.instant();
    switch (event) {
      case NEWS -> {
        // that is all
      }
      case RENEW -> row.nextAt = clock.instant();
      case OVER -> {
        row.providerId = null;
        row.until = null;
        row.nextAt = clock.instant();
      }
    }
    pulls.announced(mailboxId);
    return true;
  }

  private static boolean isSame(byte[] kept, byte[] shown) {
    return MessageDigest.isEqual(kept == null ? new byte[0] : kept, shown);
  }

  private static Optional<UUID> mailboxOf(String state) {
    try {
      return Optional.of(UUID.fromString(state.substring(0, Math.max(0, state.indexOf('.')))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<TenantId> tenantOf(UUID mailboxId) {
    return across.tenants("select tenant_id from announced_mailbox(?)", mailboxId).stream().findFirst();
  }

  private static byte[] hash(String state) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static String random() {
    var bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes); // none in a static field: a native image would freeze it
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
