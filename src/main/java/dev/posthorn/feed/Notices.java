package dev.posthorn.feed;

import dev.posthorn.event.Feed;
import dev.posthorn.event.Feed.Place;
import dev.posthorn.event.Feed.Told;
import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.team.Agent;
import dev.posthorn.team.Agents;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.ticket.Ticket;
import dev.posthorn.ticket.Tickets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Who is told what by mail: events become notices in the transaction that moves the place behind them, and notices leave in the
/// transaction that says so. So each event reaches each agent in one mail or none (P-54).
@ApplicationScoped
class Notices {
  private static final int EVENTS = 200;
  private static final int SWEPT = 500;

  /// Of these whoever has the ticket is told.
  private static final Set<String> OF_ASSIGNEE = Set.of("message.received", "message.failed", "message.bounced", "ticket.reaction-breached",
      "ticket.completion-warning", "ticket.completion-breached", "ticket.interrupted");

  private final EntityManager entities;
  private final Feed feed;
  private final Agents agents;
  private final Tickets tickets;
  private final NoticeMail mail;
  private final CurrentTenant tenant;
  private final Across across;
  private final NoticeConfig config;
  private final Clock clock;

  Notices(EntityManager entities, Feed feed, Agents agents, Tickets tickets, NoticeMail mail, CurrentTenant tenant, Across across, NoticeConfig config,
      Clock clock) {
    this.entities = entities;
    this.feed = feed;
    this.agents = agents;
    this.tickets = tickets;
    this.mail = mail;
    this.tenant = tenant;
    this.across = across;
    this.config = config;
    this.clock = clock;
  }

  /// Whether the agent is told by mail.
  @Transactional
  boolean isWished(UUID agentId) {
    return entities.find(NoticeWish.class, agentId) != null;
  }

  /// Of what happens from now on.
  @Transactional
  void wish(UUID agentId, boolean byMail) {
    var present = entities.find(NoticeWish.class, agentId);
    if (byMail && present == null) {
      var wish = new NoticeWish();
      wish.agentId = agentId;
      wish.updatedAt = clock.instant();
      entities.persist(wish);
      begin();
    } else if (!byMail && present != null) {
      entities.remove(present);
      entities.createQuery("update Notice set state = 'dropped' where agentId = ?1 and state = 'pending'").setParameter(1, agentId).executeUpdate();
    }
  }

  /// Where nobody was told before, the tenant's round begins at what happens next.
  private void begin() {
    var end = feed.end();
    entities.createNativeQuery("insert into notice_round (tenant_id, tx, event_id, due_at) values (current_tenant(), :tx, :event, :now) on conflict do nothing")
        .setParameter("tx", end.tx()).setParameter("event", end.eventId()).setParameter("now", clock.instant()).executeUpdate();
  }

  /// Tenants whose round is due.
  List<TenantId> due() {
    var now = clock.instant();
    return across.tenants("select tenant_id from claim_notice_rounds(?, make_interval(secs => ?), ?, ?)", config.batch(), config.lease(), now, now.minus(config.digestAfter()));
  }

  /// The current tenant's round: the next events become notices, and those that have waited long enough leave.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void round() {
    var place = (Tuple) entities.createNativeQuery("select tx, event_id from notice_round where tenant_id = current_tenant() for update", Tuple.class).getSingleResult();
    var before = new Place(((Number) place.get(0)).longValue(), place.get(1, UUID.class));
    var told = feed.after(before, EVENTS);
    var wishes = Set.copyOf(entities.createQuery("select agentId from NoticeWish", UUID.class).getResultList());
    told.forEach(event -> recipient(event).filter(wishes::contains).ifPresent(agent -> note(event, agent)));
    entities.flush();
    digests();
    var end = told.isEmpty() ? before : told.getLast().place();
    entities.createNativeQuery("update notice_round set tx = :tx, event_id = :event, due_at = :now where tenant_id = current_tenant()")
        .setParameter("tx", end.tx()).setParameter("event", end.eventId()).setParameter("now", clock.instant()).executeUpdate();
    sweep();
  }

  /// Nobody is told what they did themselves.
  private Optional<UUID> recipient(Told event) {
    return named(event).filter(agent -> !agent.equals(event.actorId()));
  }

  private Optional<UUID> named(Told event) {
    return event.ticketId() == null ? Optional.empty() : switch (event.kind()) {
      case "ticket.assigned" -> id(event, "to");
      case "ticket.transferred" -> id(event, "toAgentId");
      case String kind when OF_ASSIGNEE.contains(kind) -> Optional.ofNullable(tickets.findById(event.ticketId())).map(ticket -> ticket.assigneeId);
      default -> Optional.empty();
    };
  }

  private static Optional<UUID> id(Told event, String field) {
    return Optional.ofNullable(event.data().get(field)).map(value -> UUID.fromString(value.toString()));
  }

  private void note(Told event, UUID agent) {
    if (entities.find(Notice.class, new Notice.Key(agent, event.id())) != null) {
      return;
    }
    var notice = new Notice();
    notice.agentId = agent;
    notice.eventId = event.id();
    notice.ticketId = event.ticketId();
    notice.kind = event.kind();
    notice.state = Notice.PENDING;
    notice.createdAt = clock.instant();
    entities.persist(notice);
  }

  private void digests() {
    var before = clock.instant().minus(config.digestAfter());
    entities.createQuery("select distinct agentId from Notice where state = 'pending' and createdAt <= ?1", UUID.class).setParameter(1, before)
        .getResultList().forEach(this::digest);
  }

  /// All that waits for an agent in one mail; what is no longer the agent's concern is left out.
  private void digest(UUID agentId) {
    var pending = entities.createQuery("from Notice where agentId = ?1 and state = 'pending' order by createdAt, eventId", Notice.class)
        .setParameter(1, agentId).getResultList();
    Map<UUID, Ticket> ofNotice = tickets.list("id in ?1", pending.stream().map(notice -> notice.ticketId).distinct().toList()).stream()
        .collect(Collectors.toMap(ticket -> ticket.id, ticket -> ticket));
    var still = pending.stream().filter(notice -> agentId.equals(ofNotice.get(notice.ticketId).assigneeId)).toList();
    Agent agent = agents.findById(agentId);
    var sent = still.isEmpty() ? Optional.<OutboundMail>empty() : mail.send(agent, still, ofNotice);
    pending.forEach(notice -> {
      notice.state = still.contains(notice) && sent.isPresent() ? Notice.SENT : Notice.DROPPED;
      notice.outboundMailId = sent.map(one -> one.id).orElse(null);
    });
  }

  private void sweep() {
    Instant before = clock.instant().minus(config.keep());
    entities.createNativeQuery("""
        delete from notice where tenant_id = :tenant and (agent_id, event_id) in (
          select agent_id, event_id from notice where tenant_id = :tenant and created_at < :before and state <> 'pending' order by created_at limit :most)""")
        .setParameter("tenant", tenant.value()).setParameter("before", before).setParameter("most", SWEPT).executeUpdate();
  }
}
