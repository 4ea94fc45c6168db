package dev.posthorn.channel;

import dev.posthorn.connector.oauth.OAuthConfig;
import dev.posthorn.secret.Secret;
import dev.posthorn.secret.Secrets;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Standings;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// Sign-ins as rows: any node takes up what another has begun. A state is good once.
@ApplicationScoped
class MailboxAuthorizations implements PanacheRepositoryBase<MailboxAuthorization, UUID> {
  private static final String VERIFIER = "sign-in-verifier";

  private final Secrets secrets;
  private final Standings standings;
  private final Across across;
  private final OAuthConfig config;
  private final Clock clock;

  MailboxAuthorizations(Secrets secrets, Standings standings, Across across, OAuthConfig config, Clock clock) {
    this.secrets = secrets;
    this.standings = standings;
    this.across = across;
    this.config = config;
    this.clock = clock;
  }

  /// Whose sign-in it is that comes back.
  record Place(TenantId tenant, UUID id) {}

  /// A sign-in that came back, for the one time that it may.
  ///
  /// @param keyId of whoever began it
  /// @param verifier of PKCE
  record Taken(UUID id, String keyId, String kind, String mode, UUID mailboxId, String address, AuthorizationWish wish, String returnTo, String nonce,
      Secret verifier, String directory) {
    @Override
    public String toString() {
      return "Taken[" + kind + " " + mode + " " + id + "]";
    }
  }

  /// Begins one, and forgets old ones, with their verifiers.
  @Transactional
  MailboxAuthorization begin(MailboxAuthorization row, String state, Secret verifier) {
    list("createdAt < ?1", clock.instant().minus(config.keepSignIns())).forEach(this::forget);
    row.id = Ids.next();
    row.outcome = MailboxAuthorization.PENDING;
    row.createdAt = clock.instant();
    row.updatedAt = row.createdAt;
    row.expiresAt = row.createdAt.plus(config.signInTime());
    row.stateHash = hash(state);
    row.secretId = secrets.keep(VERIFIER, verifier);
    persistAndFlush(row);
    return row;
  }

  /// The tenant of a state; nothing where nobody ever issued it.
  Optional<Place> placeOf(String state) {
    return across.find(Place::new, "select tenant_id, id from authorization_of_state(?)", hash(state)).stream().findFirst();
  }

  /// One that may still be taken up.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Optional<MailboxAuthorization> waiting(UUID id) {
    return findByIdOptional(id).filter(row -> row.usedAt == null && row.expiresAt.isAfter(clock.instant()));
  }

  /// Takes it up, once: a second browser with the same state finds nothing.
  ///
  /// @return nothing where it was used, is too old, or the key that began it is gone
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Optional<Taken> take(UUID id) {
    var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (row == null || row.usedAt != null || !row.expiresAt.isAfter(clock.instant()) || standings.roleOf(row.keyId).isEmpty()) {
      return Optional.empty();
    }
    var verifier = secrets.open(row.secretId);
    row.usedAt = clock.instant();
    row.updatedAt = row.usedAt;
    forgetVerifier(row);
    return Optional.of(new Taken(row.id, row.keyId, row.kind, row.mode, row.mailboxId, row.address, row.wish, row.returnTo, row.nonce, verifier, row.directory));
  }

  /// An administrator has consented for the directory; now they say who they are, under another state.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void goOn(UUID id, String directory, String state, String nonce, Secret verifier) {
    var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
    row.directory = directory;
    row.stateHash = hash(state);
    row.nonce = nonce;
    row.secretId = secrets.keep(VERIFIER, verifier);
    row.usedAt = null;
    row.updatedAt = clock.instant();
  }

  /// It ended well, in the running transaction.
  void connected(UUID id, UUID mailboxId) {
    var row = findById(id);
    row.outcome = MailboxAuthorization.CONNECTED;
    row.mailboxId = mailboxId;
    row.updatedAt = clock.instant();
  }

  /// It ended otherwise.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void ended(UUID id, String outcome, String problem, String detail, String remedy) {
    var row = findById(id);
    if (row != null) {
      row.outcome = outcome;
      row.problem = problem;
      row.detail = detail;
      row.remedy = remedy;
      row.updatedAt = clock.instant();
    }
  }

  @Transactional
  MailboxAuthorization show(UUID id) {
    return findByIdOptional(id).orElseThrow(() -> Refusal.notFound("sign-in"));
  }

  /// Gives it up: its state is good for nothing any more.
  @Transactional
  void remove(UUID id) {
    forget(show(id));
  }

  private void forget(MailboxAuthorization row) {
    forgetVerifier(row);
    delete(row);
  }

  private void forgetVerifier(MailboxAuthorization row) {
    if (row.secretId != null) {
      var verifier = row.secretId;
      row.secretId = null;
      flush();
      secrets.forget(verifier);
    }
  }

  private static byte[] hash(String state) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
