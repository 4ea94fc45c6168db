package dev.posthorn.trust;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.secret.Secrets;
import dev.posthorn.tenant.Ids;
import dev.posthorn.trust.SendingDomainResource.SendingDomainView;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The rows of sending domains, with their keys. Each method is one transaction.
@ApplicationScoped
@Transactional
class SendingDomainDesk {
  private static final String DKIM_KEY = "dkim-key";

  private final SendingDomains domains;
  private final Secrets secrets;
  private final EntityManager entities;
  private final SendingDomainConfig config;
  private final Preconditions preconditions;
  private final Journal journal;
  private final Clock clock;

  SendingDomainDesk(SendingDomains domains, Secrets secrets, EntityManager entities, SendingDomainConfig config, Preconditions preconditions, Journal journal,
      Clock clock) {
    this.domains = domains;
    this.secrets = secrets;
    this.entities = entities;
    this.config = config;
    this.preconditions = preconditions;
    this.journal = journal;
    this.clock = clock;
  }

  Page<SendingDomainView> list(Listing listing) {
    return listing.answer(domains::page, row -> Cursor.at(row.id), SendingDomainView::of, domains::count);
  }

  SendingDomainView show(UUID id) {
    return SendingDomainView.of(existing(id));
  }

  SendingDomainView create(String domain, SigningKey key) {
    var row = new SendingDomain();
    row.id = Ids.next();
    row.domain = domain;
    row.state = SendingDomain.PENDING;
    row.selector = key.selector();
    row.publicKey = key.publicKey();
    row.secretId = secrets.keep(DKIM_KEY, key.privateKey());
    row.createdAt = clock.instant();
    row.updatedAt = row.createdAt;
    domains.persistAndFlush(row);
    journal.tenant("sending-domain.added", Actor.ADMIN, Map.of("sendingDomainId", row.id));
    return SendingDomainView.of(row);
  }

  /// A new key beside the one that signs. A key that waits already gives way to it.
  SendingDomainView rotate(UUID id, SigningKey key) {
    var row = locked(id);
    if (row.state.equals(SendingDomain.PENDING)) {
      throw Refusal.conflict("Its first key is not published yet: there is nothing to take the place of.");
    }
    Optional.ofNullable(row.nextSecretId).ifPresent(this::forget);
    row.nextSelector = key.selector();
    row.nextPublicKey = key.publicKey();
    row.nextSecretId = secrets.keep(DKIM_KEY, key.privateKey());
    row.updatedAt = clock.instant();
    domains.flush();
    journal.tenant("sending-domain.rotated", Actor.ADMIN, Map.of("sendingDomainId", row.id));
    return SendingDomainView.of(row);
  }

  void remove(UUID id) {
    var row = existing(id);
    preconditions.check(SendingDomainView.of(row));
    long used = entities.createQuery("select count(*) from OutboundChannel where lower(fromAddress) like ?1", Long.class)
        .setParameter(1, "%@" + row.domain).getSingleResult();
    if (used > 0) {
      throw Refusal.conflict("Outbound channels send from its addresses.");
    }
    domains.delete(row);
    domains.flush();
    secrets.forget(row.secretId);
    Optional.ofNullable(row.nextSecretId).ifPresent(secrets::forget);
    journal.tenant("sending-domain.removed", Actor.ADMIN, Map.of("sendingDomainId", id));
  }

  /// What the DNS said of the keys.
  ///
  /// @param current whether the key that signs is published; empty where nobody could be asked, which changes nothing
  /// @param next the same of the key that shall
  record Look(Optional<Boolean> current, Optional<Boolean> next, String words) {}

  SendingDomainView looked(UUID id, Look look) {
    var row = locked(id);
    var before = row.state;
    row.checkedAt = clock.instant();
    row.lastWords = look.words;
    var forgotten = new ArrayList<UUID>();
    if (row.nextSelector != null && look.next.orElse(false)) {
      forgotten.add(row.turn());
      row.state = SendingDomain.VERIFIED;
      journal.tenant("sending-domain.turned", Actor.SYSTEM, Map.of("sendingDomainId", row.id, "selector", row.selector));
    } else if (look.current.isPresent()) {
      row.state = look.current.get() ? SendingDomain.VERIFIED : before.equals(SendingDomain.PENDING) ? before : SendingDomain.FAILING;
    }
    row.dueAt = row.state.equals(SendingDomain.PENDING) ? null : row.checkedAt.plus(config.interval());
    if (!before.equals(row.state)) {
      row.updatedAt = row.checkedAt;
      journal.tenant("sending-domain." + row.state, Actor.SYSTEM, Map.of("sendingDomainId", row.id));
    }
    domains.flush();
    forgotten.forEach(secrets::forget);
    return SendingDomainView.of(row);
  }

  private void forget(UUID secretId) {
    entities.createQuery("update SendingDomain set nextSecretId = null where nextSecretId = ?1").setParameter(1, secretId).executeUpdate();
    secrets.forget(secretId);
  }

  private SendingDomain locked(UUID id) {
    return Optional.ofNullable(domains.findById(id, LockModeType.PESSIMISTIC_WRITE)).orElseThrow(() -> Refusal.notFound("sending domain"));
  }

  private SendingDomain existing(UUID id) {
    return domains.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("sending domain"));
  }
}
