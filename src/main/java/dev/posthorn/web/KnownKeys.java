package dev.posthorn.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthorn.tenant.Erased;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/// Who holds which key: asked on every request, so remembered for a moment.
@ApplicationScoped
class KnownKeys {
  private static final int MAX_REMEMBERED = 10_000;

  private final ApiKeys keys;
  private final Session rows;
  private final Clock clock;
  private final Duration useNoted;
  private final Cache<String, Known> remembered;
  private final Cache<String, Boolean> nobodies;
  private final Cache<String, Boolean> good;

  KnownKeys(ApiKeys keys, Session rows, Clock clock, WebConfig config) {
    this.keys = keys;
    this.rows = rows;
    this.clock = clock;
    this.useNoted = config.keys().useNoted();
    this.remembered = Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(config.keyCacheTtl()).build();
    this.nobodies = Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(config.keyCacheTtl()).build();
    this.good = Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(config.keys().goodLately()).build();
  }

  /// What is known without asking the database: never blocks.
  Optional<KeyHolder> remembered(PlainKey key) {
    return holder(key, remembered.getIfPresent(key.id()));
  }

  /// Whether the database has said a moment ago that there is none of that id: asked again, it says the same. Never blocks.
  boolean isNobodys(PlainKey key) {
    return nobodies.getIfPresent(key.id()) != null;
  }

  /// Whether somebody has shown the right secret of it not long ago. Never blocks.
  boolean wasGood(PlainKey key) {
    return good.getIfPresent(key.id()) != null;
  }

  /// Asks the database where nothing is remembered. One that is deleted in the meantime is not remembered: the cache lets
  /// [#forget] wait for a look-up of the same key that is under way.
  ///
  /// Hibernate takes the tenant of a session from where a request is: on a worker thread there is none yet.
  @ActivateRequestContext
  Optional<KeyHolder> find(PlainKey key) {
    var known = remembered.get(key.id(), this::read);
    if (known == null) {
      nobodies.put(key.id(), true);
    }
    var holder = holder(key, known);
    holder.ifPresent(_ -> good.put(key.id(), true));
    return holder;
  }

  private Optional<KeyHolder> holder(PlainKey key, Known known) {
    return Optional.ofNullable(known).filter(found -> found.isShownBy(key, clock.instant())).map(Known::holder);
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) ApiKeys.KeyDeleted deleted) {
    remembered.invalidate(deleted.keyId());
    nobodies.invalidate(deleted.keyId());
    good.invalidate(deleted.keyId());
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) Erased erased) {
    remembered.asMap().values().removeIf(known -> erased.tenant().equals(known.holder().tenant()));
  }

  private Known read(String keyId) {
    List<Tuple> found = QuarkusTransaction.requiringNew().call(() -> rows
        .createNativeQuery("select tenant_id, id from tenant_of_api_key(:keyId)", Tuple.class)
        .setParameter("keyId", keyId)
        .getResultList());
    if (found.isEmpty()) {
      return null;
    }
    var tenant = new TenantId(found.getFirst().get(0, UUID.class));
    var id = found.getFirst().get(1, UUID.class);
    return Tenancy.in(tenant, () -> QuarkusTransaction.requiringNew().call(() -> keys.findByIdOptional(id)
        .flatMap(key -> keys.roleOf(key).map(role -> known(key, role, tenant))).orElse(null)));
  }

  private Known known(ApiKey key, Role role, TenantId tenant) {
    keys.used(key, useNoted);
    return new Known(new KeyHolder(key.keyId, role, tenant, key.agentId, key.contactId, Scopes.kept(key.scopes), key.expiresAt, false), key.hash,
        key.previousHash, key.previousUntil);
  }

  private record Known(KeyHolder holder, byte[] hash, byte[] previousHash, Instant previousUntil) {
    /// Both hashes are compared, whichever is right.
    boolean isShownBy(PlainKey key, Instant now) {
      boolean present = key.matches(hash);
      boolean previous = previousHash != null && key.matches(previousHash) && previousUntil.isAfter(now);
      return (present | previous) && (holder.until() == null || holder.until().isAfter(now));
    }

    @Override
    public String toString() {
      return "Known[" + holder.keyId() + "]";
    }
  }
}
