package dev.posthorn.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthorn.team.Agent;
import dev.posthorn.team.AgentChanged;
import dev.posthorn.team.AgentLeaving;
import dev.posthorn.team.Agents;
import dev.posthorn.tenant.Erased;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.web.KeyHolder;
import dev.posthorn.web.Noting;
import dev.posthorn.web.Role;
import dev.posthorn.web.Standing;
import dev.posthorn.web.WebConfig;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Who is signed in: asked on every request, so remembered for a moment, as keys are.
@ApplicationScoped
class LoginSessions implements PanacheRepositoryBase<LoginSession, UUID>, Standing {
  private static final String KEY_ID = "session-";
  private static final int SECRET_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Logins logins;
  private final Agents agents;
  private final Clock clock;
  private final Duration life;
  private final Cache<UUID, Known> remembered;
  private final Noting notes;

  LoginSessions(Logins logins, Agents agents, Clock clock, LoginConfig config, WebConfig web, Noting notes) {
    this.notes = notes;
    this.logins = logins;
    this.agents = agents;
    this.clock = clock;
    this.life = config.sessionTime();
    this.remembered = Caffeine.newBuilder().maximumSize(config.rememberedSessions()).expireAfterWrite(web.keyCacheTtl()).build();
  }

  /// What the cookie holds.
  ///
  /// @param secret the caller's own: what is kept for the caller alone is closed under it
  record Shown(UUID tenant, UUID id, String secret, Instant until) {
    @Override
    public String toString() {
      return "Shown[" + id + "]";
    }
  }

  private record Known(KeyHolder holder, Instant expiresAt) {}

  /// Begins one in the running transaction, and forgets those of the same person that have ended.
  Shown begin(TenantId tenant, UUID loginId, String endSessionUrl) {
    var now = clock.instant();
    delete("loginId = ?1 and expiresAt < ?2", loginId, now);
    logins.update("usedAt = ?1 where id = ?2", now, loginId);
    var session = new LoginSession();
    session.id = Ids.next();
    session.loginId = loginId;
    session.endSessionUrl = endSessionUrl;
    session.createdAt = now;
    session.expiresAt = now.plus(life);
    persistAndFlush(session);
    note("SignIn_begun", session);
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new Shown(tenant.value(), session.id, HexFormat.of().formatHex(secret), session.expiresAt);
  }

  /// Who it is, as far as that is known without asking the database: never blocks.
  Optional<KeyHolder> remembered(Shown shown) {
    return holder(shown, remembered.getIfPresent(shown.id));
  }

  /// Who it is, whoever asks.
  @ActivateRequestContext
  Optional<KeyHolder> find(Shown shown) {
    return holder(shown, remembered.get(shown.id, _ -> read(shown)));
  }

  private Optional<KeyHolder> holder(Shown shown, Known known) {
    return Optional.ofNullable(known).filter(found -> found.expiresAt.isAfter(clock.instant()) && found.holder.tenant().value().equals(shown.tenant))
        .map(Known::holder);
  }

  private Known read(Shown shown) {
    var tenant = new TenantId(shown.tenant);
    return Tenancy.in(tenant, () -> QuarkusTransaction.requiringNew().call(() -> findByIdOptional(shown.id)
        .filter(_ -> logins.isTenantOpen(tenant)).flatMap(session -> logins.agentOf(session.loginId)
            .map(agent -> new Known(KeyHolder.signedIn(KEY_ID + session.id, role(agent), tenant, agent.id, true),
                session.expiresAt)))
        .orElse(null)));
  }

  /// Ends it.
  ///
  /// @return where to sign out at the provider
  Optional<String> end(Shown shown) {
    var url = Tenancy.in(new TenantId(shown.tenant), () -> QuarkusTransaction.requiringNew().call(() -> {
      var session = findByIdOptional(shown.id);
      session.ifPresent(row -> {
        note("SignIn_ended", row);
        delete(row);
      });
      return session.map(row -> row.endSessionUrl);
    }));
    remembered.invalidate(shown.id);
    return url;
  }

  /// For the audit: in the running transaction, which is the tenant's.
  private void note(String action, LoginSession session) {
    var login = logins.findById(session.loginId);
    var agent = agents.findById(login.agentId);
    notes.note(action, "/session", login.provider, role(agent), agent.id, KEY_ID + session.id);
  }

  /// Notes for the audit what somebody did to get in, in the running transaction.
  void note(String action, String resource, Arrival arrival, Agent agent, Shown session) {
    notes.note(action, resource, arrival.provider(), role(agent), agent.id, KEY_ID + session.id);
  }

  private static Role role(Agent agent) {
    return Role.valueOf(agent.role.toUpperCase(Locale.ROOT));
  }

  /// The id of the session that a caller came with; nothing for others.
  static Optional<UUID> idOf(String keyId) {
    return keyId.startsWith(KEY_ID) ? Optional.of(UUID.fromString(keyId.substring(KEY_ID.length()))) : Optional.empty();
  }

  @Override
  public Optional<Role> roleOf(String keyId) {
    return idOf(keyId).flatMap(this::findByIdOptional).filter(session -> session.expiresAt.isAfter(clock.instant()))
        .flatMap(session -> logins.agentOf(session.loginId)).map(LoginSessions::role);
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) AgentChanged changed) {
    forget(changed.agentId());
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) AgentLeaving leaving) {
    forget(leaving.agentId());
  }

  private void forget(UUID agentId) {
    remembered.asMap().values().removeIf(known -> known.holder.agentId().equals(agentId));
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) Erased erased) {
    remembered.asMap().values().removeIf(known -> known.holder.tenant().equals(erased.tenant()));
  }
}
