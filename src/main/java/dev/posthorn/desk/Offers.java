package dev.posthorn.desk;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.Timeouts;
import org.hibernate.jpa.SpecHints;

/// The offers of the current tenant. Every method belongs to the running transaction.
@ApplicationScoped
class Offers implements PanacheRepositoryBase<Offer, UUID> {
  private final Session entities;
  private final Journal journal;
  private final CurrentTenant tenant;
  private final Clock clock;

  Offers(Session entities, Journal journal, CurrentTenant tenant, Clock clock) {
    this.entities = entities;
    this.journal = journal;
    this.tenant = tenant;
    this.clock = clock;
  }

  Offer make(UUID ticketId, UUID queueId, UUID agentId, Duration time) {
    var offer = new Offer();
    offer.id = Ids.next();
    offer.ticketId = ticketId;
    offer.queueId = queueId;
    offer.agentId = agentId;
    offer.state = Offer.PENDING;
    offer.offeredAt = clock.instant();
    offer.expiresAt = offer.offeredAt.plus(time);
    persist(offer);
    journal.ticket("ticket.offered", ticketId, Actor.SYSTEM, Map.of("offerId", offer.id, "agentId", agentId));
    return offer;
  }

  /// @param agentId whose; of everybody where none is given
  List<Offer> page(Optional<UUID> agentId, Cursor after, int atMost) {
    return pending(agentId).oldestFirst(this, after, atMost);
  }

  long count(Optional<UUID> agentId) {
    return pending(agentId).count(this);
  }

  private static Selection pending(Optional<UUID> agentId) {
    return Selection.all().where("state = ?", Offer.PENDING).where("agentId = ?", agentId.orElse(null));
  }

  /// Those that nobody answers at this moment.
  List<Offer> expired(Instant now) {
    return find("state = ?1 and expiresAt <= ?2 order by id", Offer.PENDING, now).withLock(LockModeType.PESSIMISTIC_WRITE)
        .withHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI).list();
  }

  /// Somebody is not there any more, or has another one taken from them: what was offered to them is offered to others, but for
  /// what they answer at this moment.
  void withdrawAllOf(UUID agentId) {
    find("state = ?1 and agentId = ?2", Offer.PENDING, agentId).withLock(LockModeType.PESSIMISTIC_WRITE)
        .withHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI).<Offer>list().forEach(offer -> {
      offer.ends(Offer.WITHDRAWN, clock.instant());
      journal.ticket("offer.withdrawn", offer.ticketId, Actor.SYSTEM, Map.of("offerId", offer.id, "agentId", agentId));
    });
  }

  /// Offers of tickets that wait for nobody any more: somebody took, moved or ended them.
  void withdrawMoot() {
    entities.createNativeMutationQuery("""
        update offer o set state = 'withdrawn', settled_at = :now
        from ticket t
        where o.tenant_id = current_tenant() and o.state = 'pending' and t.tenant_id = o.tenant_id and t.id = o.ticket_id
          and (t.assignee_id is not null or t.status_kind not in ('new', 'open') or t.queue_id <> o.queue_id)""")
        .setParameter("now", clock.instant())
        .executeUpdate();
  }

  /// How many tickets these agents have, accepted and offered.
  Map<UUID, Integer> loads(Collection<UUID> agents) {
    var loads = new HashMap<UUID, Integer>();
    if (agents.isEmpty()) {
      return loads;
    }
    for (var row : entities.createNativeQuery("""
        select agent, sum(tickets) from (
          select assignee_id as agent, count(*) as tickets from ticket
          where tenant_id = current_tenant() and assignee_id = any (:agents) and status_kind in ('new', 'open') group by 1
          union all
          select agent_id, count(*) from offer where tenant_id = current_tenant() and state = 'pending' and agent_id = any (:agents) group by 1
        ) held group by 1""", Object[].class)
        .setParameter("agents", agents.toArray(UUID[]::new)).getResultList()) {
      loads.put((UUID) row[0], ((Number) row[1]).intValue());
    }
    return loads;
  }

  /// Tickets of a queue that wait and are offered to nobody, the longest first.
  List<Allotment.Waiting> waiting(UUID queueId, int atMost) {
    return entities.createNativeQuery("""
        select t.id from ticket t
        where t.tenant_id = current_tenant() and t.queue_id = :queue and t.assignee_id is null and t.status_kind in ('new', 'open')
          and not exists (select from offer o where o.tenant_id = t.tenant_id and o.ticket_id = t.id and o.state = 'pending')
        order by t.id limit :atMost""", UUID.class)
        .setParameter("queue", queueId).setParameter("atMost", atMost)
        .getResultList().stream().map(id -> new Allotment.Waiting(id, queueId)).toList();
  }

  /// Who would not have which of these tickets, since then.
  Map<UUID, Set<UUID>> declined(Collection<UUID> tickets, Instant since) {
    var declined = new HashMap<UUID, Set<UUID>>();
    if (!tickets.isEmpty()) {
      list("state = ?1 and ticketId in ?2 and settledAt >= ?3", Offer.REJECTED, tickets, since)
          .forEach(offer -> declined.computeIfAbsent(offer.ticketId, _ -> new HashSet<>()).add(offer.agentId));
    }
    return declined;
  }

  /// When the tenant's round is due: now; or never, where nobody is there.
  void due(boolean somebodyIsThere, Duration in) {
    entities.createNativeMutationQuery("""
        insert into offer_round (tenant_id, due_at) values (:tenant, :due)
        on conflict (tenant_id) do update set due_at = excluded.due_at""")
        .setParameter("tenant", tenant.value())
        .setParameter("due", somebodyIsThere ? clock.instant().plus(in) : null, Instant.class)
        .executeUpdate();
  }
}
