package dev.posthorn.channel;

import dev.posthorn.connector.AccessToken;
import dev.posthorn.connector.TokenOutcome;
import dev.posthorn.connector.oauth.OAuthConfig;
import dev.posthorn.connector.oauth.SignInRemedies;
import dev.posthorn.connector.oauth.TokenReply;
import dev.posthorn.secret.Secret;
import dev.posthorn.secret.Secrets;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The grants of the current tenant's mailboxes. One node at a time refreshes one: it takes a lease, asks the provider outside
/// of every transaction, and writes down what came of it. Each method is one short transaction.
@ApplicationScoped
class MailboxGrants implements PanacheRepositoryBase<MailboxGrant, UUID> {
  private final Mailboxes mailboxes;
  private final MailboxPulls pulls;
  private final Secrets secrets;
  private final OAuthConfig config;
  private final Clock clock;

  MailboxGrants(Mailboxes mailboxes, MailboxPulls pulls, Secrets secrets, OAuthConfig config, Clock clock) {
    this.mailboxes = mailboxes;
    this.pulls = pulls;
    this.secrets = secrets;
    this.config = config;
    this.clock = clock;
  }

  /// What a look at a grant found.
  sealed interface Look {
    /// A token that is good for long enough.
    record Good(AccessToken token) implements Look {}

    /// It is ours to refresh now.
    record Ours(Lease lease) implements Look {}

    /// Another node refreshes it, or the provider is left alone for a while.
    ///
    /// @param meanwhile a token that is still good, if not for long
    /// @param worthWaiting whether it ends soon by itself
    record Busy(String why, Optional<AccessToken> meanwhile, boolean worthWaiting) implements Look {}

    /// There is no grant that could be used.
    record Ended(TokenOutcome outcome) implements Look {}
  }

  /// The right to refresh a grant once.
  ///
  /// @param lasting the refresh token, or a service account's key file
  /// @param meanwhile a token that is still good, if not for long
  record Lease(UUID holder, long generation, String kind, String mode, String directory, String providerUser, Optional<Secret> lasting,
      Optional<AccessToken> meanwhile) {
    @Override
    public String toString() {
      return "Lease[" + kind + " " + mode + " " + generation + "]";
    }
  }

  /// @param holder whoever asks
  /// @param force whether also a grant with a good token is to be refreshed
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Look look(UUID mailboxId, UUID holder, boolean force) {
    var row = findById(mailboxId, LockModeType.PESSIMISTIC_WRITE);
    if (row == null) {
      return new Look.Ended(new TokenOutcome.NotNow("the mailbox was disconnected"));
    }
    if (row.isDead()) {
      return new Look.Ended(new TokenOutcome.NeedsReauthorization(row.deadCode, row.deadWords, row.deadRemedy));
    }
    var mailbox = mailboxes.findById(mailboxId);
    var held = GrantSecret.of(secrets.open(mailbox.secretId));
    var now = clock.instant();
    if (!force && isGoodUntil(row, now.plus(config.refreshAhead())) && held.access().isPresent()) {
      return new Look.Good(new AccessToken(held.access().get(), row.expiresAt));
    }
    var meanwhile = held.access().filter(_ -> isGoodUntil(row, now.plus(config.answerTimeout()))).map(token -> new AccessToken(token, row.expiresAt));
    if (row.notBefore != null && row.notBefore.isAfter(now)) {
      return new Look.Busy("the provider's sign-in had trouble; it is asked again later", meanwhile, false);
    }
    if (row.leasedBy != null && row.leaseUntil.isAfter(now)) {
      return new Look.Busy("the sign-in is being refreshed", meanwhile, true);
    }
    row.leasedBy = holder;
    row.leaseUntil = now.plus(config.refreshLease());
    return new Look.Ours(new Lease(holder, row.generation, mailbox.kind, row.mode, row.directory, row.providerUser, held.lasting(), meanwhile));
  }

  private static boolean isGoodUntil(MailboxGrant row, Instant then) {
    return row.expiresAt != null && row.expiresAt.isAfter(then);
  }

  /// Writes down what the provider answered: the new refresh token is durable before the new access token is used (P-01).
  ///
  /// @param askedAt when it was asked
  /// @return nothing where somebody else has refreshed it or signed in meanwhile: look again
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Optional<TokenOutcome> settle(UUID mailboxId, Lease lease, TokenReply reply, Instant askedAt) {
    var row = findById(mailboxId, LockModeType.PESSIMISTIC_WRITE);
    if (row == null) {
      return Optional.of(new TokenOutcome.NotNow("the mailbox was disconnected"));
    }
    if (row.generation != lease.generation) {
      return Optional.empty();
    }
    boolean ours = lease.holder.equals(row.leasedBy);
    if (!ours && !(reply instanceof TokenReply.Granted)) {
      // Somebody else has it now, who may have used the token that we came too late with.
      return Optional.empty();
    }
    row.leasedBy = null;
    row.leaseUntil = null;
    return Optional.of(switch (reply) {
      case TokenReply.Granted granted -> granted(row, lease, granted, askedAt);
      case TokenReply.Refused refused when refused.isDeath() -> died(row, lease, refused);
      case TokenReply.Refused refused -> notNow(row, refused.code() + ": " + refused.words() + " " + SignInRemedies.of(refused.code()), Optional.empty());
      case TokenReply.Trouble trouble -> notNow(row, trouble.why(), trouble.after());
    });
  }

  private TokenOutcome granted(MailboxGrant row, Lease lease, TokenReply.Granted granted, Instant askedAt) {
    row.generation++;
    row.expiresAt = askedAt.plus(granted.life());
    row.refreshedAt = clock.instant();
    row.notBefore = null;
    secrets.replace(mailboxes.findById(row.mailboxId).secretId,
        new GrantSecret(granted.refreshToken().or(lease::lasting), Optional.of(granted.accessToken())).sealable());
    return new TokenOutcome.Granted(new AccessToken(granted.accessToken(), row.expiresAt));
  }

  private TokenOutcome died(MailboxGrant row, Lease lease, TokenReply.Refused refused) {
    var now = clock.instant();
    boolean again = lease.kind.equals(Mailbox.GMAIL_API) && row.diedAt != null && row.diedAt.plus(config.testModeTime()).isAfter(now);
    row.deadCode = refused.code();
    row.deadWords = refused.words();
    row.deadRemedy = SignInRemedies.testMode(again).orElseGet(() -> SignInRemedies.of(refused.code()));
    row.diedAt = now;
    row.expiresAt = null;
    pulls.grantDied(row.mailboxId, row.deadCode + ": " + row.deadWords + " " + row.deadRemedy);
    return new TokenOutcome.NeedsReauthorization(row.deadCode, row.deadWords, row.deadRemedy);
  }

  private TokenOutcome notNow(MailboxGrant row, String why, Optional<Duration> after) {
    row.notBefore = clock.instant().plus(after.orElse(config.troublePause()));
    return new TokenOutcome.NotNow(why);
  }

  /// A provider took this token no more.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void refused(UUID mailboxId, AccessToken token) {
    var row = findById(mailboxId, LockModeType.PESSIMISTIC_WRITE);
    if (row != null && GrantSecret.of(secrets.open(mailboxes.findById(mailboxId).secretId)).access().filter(token.secret()::equals).isPresent()) {
      row.expiresAt = null;
    }
  }

  /// Keeps a new mailbox's grant, in the running transaction.
  void begin(Mailbox mailbox, Grant grant) {
    var row = new MailboxGrant();
    row.mailboxId = mailbox.id;
    write(row, grant);
    persistAndFlush(row);
  }

  /// Somebody signed in anew, in the running transaction: it lives again.
  void renew(Mailbox mailbox, Grant grant) {
    var row = findById(mailbox.id, LockModeType.PESSIMISTIC_WRITE);
    write(row, grant);
    secrets.replace(mailbox.secretId, grant.secret().sealable());
  }

  private void write(MailboxGrant row, Grant grant) {
    row.mode = grant.mode();
    row.directory = grant.directory();
    row.subject = grant.subject();
    row.signedInAs = grant.signedInAs();
    row.providerUser = grant.providerUser();
    row.expiresAt = grant.expiresAt();
    row.generation++;
    row.leasedBy = null;
    row.leaseUntil = null;
    row.notBefore = null;
    row.deadCode = null;
    row.deadWords = null;
    row.deadRemedy = null;
    row.grantedAt = clock.instant();
    row.refreshedAt = row.grantedAt;
  }

  /// A grant as a sign-in brought it.
  record Grant(String mode, String directory, String subject, String signedInAs, String providerUser, GrantSecret secret, Instant expiresAt) {
    @Override
    public String toString() {
      return "Grant[" + mode + " " + directory + "]";
    }
  }
}
