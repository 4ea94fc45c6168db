package dev.posthorn.channel;

import dev.posthorn.connector.AccessToken;
import dev.posthorn.connector.AccessTokens;
import dev.posthorn.connector.TokenOutcome;
import dev.posthorn.connector.oauth.Entra;
import dev.posthorn.connector.oauth.Google;
import dev.posthorn.connector.oauth.OAuthConfig;
import dev.posthorn.connector.oauth.ServiceAccount;
import dev.posthorn.connector.oauth.TokenReply;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Gets access tokens for mailboxes: from the row while one is good, else from the provider, by whichever node takes the grant's
/// lease. Others wait for it, or go on with a token that is still good.
@ApplicationScoped
class GrantTokens {
  private final MailboxGrants grants;
  private final Entra entra;
  private final Google google;
  private final OAuthConfig config;
  private final Clock clock;

  GrantTokens(MailboxGrants grants, Entra entra, Google google, OAuthConfig config, Clock clock) {
    this.grants = grants;
    this.entra = entra;
    this.google = google;
    this.config = config;
    this.clock = clock;
  }

  /// The tokens of one mailbox, to be asked from whichever thread.
  AccessTokens of(TenantId tenant, UUID mailboxId) {
    return new OfMailbox(tenant, mailboxId);
  }

  private final class OfMailbox implements AccessTokens {
    private final TenantId tenant;
    private final UUID mailboxId;
    private final AtomicReference<AccessToken> last = new AtomicReference<>();

    OfMailbox(TenantId tenant, UUID mailboxId) {
      this.tenant = tenant;
      this.mailboxId = mailboxId;
    }

    @Override
    public TokenOutcome token() {
      var known = last.get();
      if (known != null && known.expiresAt().isAfter(clock.instant().plus(config.refreshAhead()))) {
        return new TokenOutcome.Granted(known);
      }
      var outcome = Tenancy.<TokenOutcome, RuntimeException>in(tenant, () -> get(mailboxId, false));
      if (outcome instanceof TokenOutcome.Granted(var token)) {
        last.set(token);
      }
      return outcome;
    }

    @Override
    public void refused(AccessToken token) {
      last.compareAndSet(token, null);
      Tenancy.run(tenant, () -> grants.refused(mailboxId, token));
    }
  }

  /// @param force whether to refresh even where a token is good
  TokenOutcome get(UUID mailboxId, boolean force) {
    var holder = Ids.next();
    long deadline = System.nanoTime() + config.refreshLease().plus(config.answerTimeout()).toNanos();
    boolean wanted = force;
    while (true) {
      switch (grants.look(mailboxId, holder, wanted)) {
        case MailboxGrants.Look.Good(var token) -> {
          return new TokenOutcome.Granted(token);
        }
        case MailboxGrants.Look.Ended(var outcome) -> {
          return outcome;
        }
        case MailboxGrants.Look.Busy(_, var meanwhile, _) when meanwhile.isPresent() -> {
          return new TokenOutcome.Granted(meanwhile.get());
        }
        case MailboxGrants.Look.Busy(var why, _, var worthWaiting) -> {
          if (!worthWaiting || System.nanoTime() > deadline || !pause()) {
            return new TokenOutcome.NotNow(why);
          }
        }
        case MailboxGrants.Look.Ours(var lease) -> {
          var settled = refresh(mailboxId, lease);
          if (settled.isPresent()) {
            return settled.get();
          }
          wanted = false;
        }
      }
    }
  }

  /// @return false where whoever waits is told to stop
  private boolean pause() {
    try {
      return !new CountDownLatch(1).await(config.refreshWatch().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// @return nothing where somebody else was quicker
  private Optional<TokenOutcome> refresh(UUID mailboxId, MailboxGrants.Lease lease) {
    var askedAt = clock.instant();
    var settled = grants.settle(mailboxId, lease, ask(lease), askedAt);
    // Trouble while the old token is still good is nobody's trouble yet.
    return settled.map(outcome -> outcome instanceof TokenOutcome.NotNow && lease.meanwhile().isPresent()
        ? new TokenOutcome.Granted(lease.meanwhile().get()) : outcome);
  }

  private TokenReply ask(MailboxGrants.Lease lease) {
    return switch (lease.mode()) {
      case MailboxGrant.APPLICATION -> entra.ofApplication(lease.directory());
      case MailboxGrant.SERVICE_ACCOUNT -> lease.lasting().flatMap(ServiceAccount::read)
          .map(account -> google.ofServiceAccount(account, lease.providerUser())).orElseThrow();
      default -> lease.lasting().map(token -> lease.kind().equals(Mailbox.GMAIL_API) ? google.refresh(token) : entra.refresh(token))
          .orElseGet(() -> new TokenReply.Refused("invalid_grant", "invalid_grant", "the provider gave no refresh token"));
    };
  }
}
