package dev.posthorn.web;

import dev.posthorn.tenant.Ids;
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
import java.util.function.Supplier;

/// The keys of a tenant. What every request asks of them is answered by [KnownKeys].
@ApplicationScoped
public class ApiKeys implements PanacheRepositoryBase<ApiKey, UUID>, RowRules, Standing {
  private final Clock clock;
  private final Event<KeyDeleted> deleted;

  ApiKeys(Clock clock, Event<KeyDeleted> deleted) {
    this.clock = clock;
    this.deleted = deleted;
  }

  /// Issues a key to the current tenant.
  ///
  /// @param agentId the agent that the key stands for; null only for [Role#ADMIN]
  /// @return the row, and the whole key: nobody can learn it a second time
  /// @throws Refusal 422 for a lead or agent without an agent, or one that does not exist
  @Transactional
  public IssuedKey issue(Role role, String name, UUID agentId) {
    return issue(role, name, agentId, null, Scopes.ALL, null);
  }

  /// The same, also for requesters, and for less.
  ///
  /// @param contactId the contact that a requester's key stands for; null for all others
  /// @param expiresAt null for never
  /// @throws Refusal 422 also for a requester without a contact, or somebody else with one, and for an end that is past
  @Transactional
  IssuedKey issue(Role role, String name, UUID agentId, UUID contactId, Scopes scopes, Instant expiresAt) {
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      throw Refusal.unprocessable("/expiresAt", "That is past.");
    }
    if (role != Role.REQUESTER && contactId != null) {
      throw Refusal.unprocessable("/contactId", "Only a requester's key stands for a contact.");
    }
    switch (role) {
      case OPERATOR -> throw Refusal.badRequest("/role", "Expected one of: admin, lead, agent, requester.");
      case REQUESTER -> {
        if (contactId == null || agentId != null) {
          throw Refusal.unprocessable("/contactId", "A requester's key stands for a contact, and for no agent.");
        }
      }
      case LEAD, AGENT -> {
        if (agentId == null) {
          throw Refusal.unprocessable("/agentId", "A key of this role stands for an agent.");
        }
      }
      case ADMIN -> {
        // May stand for nobody in particular.
      }
    }
    var plain = PlainKey.random();
    var key = new ApiKey();
    key.id = Ids.next();
    key.keyId = plain.id();
    key.name = name;
    key.role = role;
    key.agentId = agentId;
    key.contactId = contactId;
    key.hash = plain.hash();
    key.scopes = scopes.words() == null ? null : List.copyOf(scopes.words());
    key.expiresAt = expiresAt;
    key.createdAt = clock.instant();
    persistAndFlush(key);
    return new IssuedKey(key, plain.text());
  }

  /// Gives a key another secret; the one before is good for a while yet, so that whoever uses it can be told.
  ///
  /// @param reach of whoever wants it: the new secret is as good as the key itself
  /// @throws Refusal 404 where there is none, 403 for one that reaches further
  @Transactional
  IssuedKey rotate(UUID id, Duration overlap, KeyReach reach) {
    var key = findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).orElseThrow(() -> Refusal.notFound("key"));
    reach.demand(Scopes.kept(key.scopes), key.expiresAt);
    var plain = PlainKey.random().of(key.keyId);
    key.previousHash = overlap.isZero() ? null : key.hash;
    key.previousUntil = overlap.isZero() ? null : clock.instant().plus(overlap);
    key.hash = plain.hash();
    flush();
    deleted.fire(new KeyDeleted(key.keyId));
    return new IssuedKey(key, plain.text());
  }

  /// Lets the keys that stand for an agent be looked at anew: who the agent is has changed.
  @Transactional
  public void changed(UUID agentId) {
    list("agentId", agentId).forEach(key -> deleted.fire(new KeyDeleted(key.keyId)));
  }

  /// Notes that it was used, at most once in so long.
  void used(ApiKey key, Duration atMostEvery) {
    var now = clock.instant();
    if (key.usedAt == null || key.usedAt.isBefore(now.minus(atMostEvery))) {
      update("usedAt = ?1 where id = ?2", now, key.id);
    }
  }

  @Override
  public Optional<Role> roleOf(String keyId) {
    return find("keyId", keyId).firstResultOptional().filter(key -> key.expiresAt == null || key.expiresAt.isAfter(clock.instant())).flatMap(this::roleOf);
  }

  /// What a key is good for now: one that stands for an agent is good for no more than the agent, and for nothing while the agent is
  /// not active.
  Optional<Role> roleOf(ApiKey key) {
    return key.agentId == null ? Optional.of(key.role) : getSession()
        .createNativeQuery("select role from agent where tenant_id = current_tenant() and id = :id and active", String.class)
        .setParameter("id", key.agentId).getResultList().stream().findFirst().map(rank -> Role.lesser(key.role, Role.of(rank)));
  }

  /// Deletes a key; from the commit on this node refuses it.
  @Transactional
  public void revoke(ApiKey key) {
    delete("id", key.id);
    deleted.fire(new KeyDeleted(key.keyId));
  }

  /// Deletes the keys that stand for an agent.
  @Transactional
  public void revokeOf(UUID agentId) {
    list("agentId", agentId).forEach(this::revoke);
  }

  /// Deletes the keys that stand for a contact.
  @Transactional
  public void revokeOfContact(UUID contactId) {
    list("contactId", contactId).forEach(this::revoke);
  }

  /// Lets the keys of a contact stand for another one, in whom it went on. Belongs to the running transaction.
  public void handOver(UUID fromContact, UUID intoContact) {
    for (var key : list("contactId", fromContact)) {
      key.contactId = intoContact;
      deleted.fire(new KeyDeleted(key.keyId));
    }
  }

  @Transactional
  Optional<ApiKey> byId(UUID id) {
    return findByIdOptional(id);
  }

  @Transactional
  long size() {
    return count();
  }

  @Transactional
  List<ApiKey> page(Cursor after, int atMost) {
    var query = after == null ? find("order by id") : find("id > ?1 order by id", after.id());
    return query.page(0, atMost).list();
  }

  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of("api_key_tenant_id_contact_id_fkey", () -> Refusal.unprocessable("/contactId", "There is no such contact."),
        "api_key_tenant_id_agent_id_fkey", () -> Refusal.at("/agentId", ProblemKind.UNKNOWN_AGENT, "There is no such agent."));
  }

  /// A key was deleted, has another secret, or stands for somebody else.
  record KeyDeleted(String keyId) {}
}
