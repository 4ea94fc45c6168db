package dev.posthorn.queue;

import dev.posthorn.team.TeamCreated;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.Founded;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The queues of the current tenant and who works on them.
@ApplicationScoped
public class Queues implements PanacheRepositoryBase<Queue, UUID> {
  private static final String DEFAULT_COLOR = "#2ca02c";

  private final EntityManager entities;
  private final Teams teams;
  private final Clock clock;

  Queues(EntityManager entities, Teams teams, Clock clock) {
    this.entities = entities;
    this.teams = teams;
    this.clock = clock;
  }

  Queue create(String name, String color, UUID teamId, int position) {
    var queue = new Queue();
    queue.id = Ids.next();
    queue.name = name;
    queue.color = color == null ? DEFAULT_COLOR : color;
    queue.teamId = teamId;
    queue.position = position;
    queue.createdAt = clock.instant();
    queue.updatedAt = queue.createdAt;
    persistAndFlush(queue);
    return queue;
  }

  /// In the order of their positions.
  ///
  /// @param q what stands in their names; null for anything
  /// @param transferable null for all
  List<Queue> page(String q, Boolean transferable, Cursor after, int atMost) {
    return find(search(transferable) + " and (position > ?2 or position = ?2 and id > ?3) order by position, id", like(q),
        after == null ? -1 : (int) after.number(), after == null ? new UUID(0, 0) : after.id()).page(0, atMost).list();
  }

  long count(String q, Boolean transferable) {
    return count(search(transferable), like(q));
  }

  private static String search(Boolean transferable) {
    return "lower(name) like ?1 escape '!'" + (transferable == null ? "" : transferable ? " and transferable" : " and not transferable");
  }

  private static String like(String q) {
    return q == null ? "%" : "%" + q.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
  }

  /// Where a new queue stands: behind all others.
  int nextPosition() {
    return getEntityManager().createQuery("select coalesce(max(position), 0) + 1 from Queue", Integer.class).getSingleResult();
  }

  /// Who works on these queues, by queue.
  Map<UUID, List<UUID>> agents(Collection<UUID> queueIds) {
    return places("from QueueAgent where queueId in ?1 order by agentId", queueIds)
        .collect(Collectors.groupingBy(row -> row.queueId, Collectors.mapping(row -> row.agentId, Collectors.toList())));
  }

  /// Which queues these agents work on, by agent.
  public Map<UUID, List<UUID>> queuesOf(Collection<UUID> agentIds) {
    return places("from QueueAgent where agentId in ?1 order by queueId", agentIds)
        .collect(Collectors.groupingBy(row -> row.agentId, Collectors.mapping(row -> row.queueId, Collectors.toList())));
  }

  public Set<UUID> agents(UUID queueId) {
    return entities.createQuery("select agentId from QueueAgent where queueId = ?1", UUID.class)
        .setParameter(1, queueId).getResultStream().collect(Collectors.toSet());
  }

  public Set<UUID> queuesOf(UUID agentId) {
    return entities.createQuery("select queueId from QueueAgent where agentId = ?1", UUID.class)
        .setParameter(1, agentId).getResultStream().collect(Collectors.toSet());
  }

  /// These queues in the order of their positions.
  public List<UUID> inOrder(Collection<UUID> ids) {
    return ids.isEmpty() ? List.of() : entities.createQuery("select id from Queue where id in ?1 order by position, id", UUID.class)
        .setParameter(1, ids).getResultList();
  }

  /// Lets these agents, and no others, work on the queue.
  public void staff(UUID queueId, Set<UUID> agents) {
    var missing = new HashSet<>(agents);
    places("from QueueAgent where queueId in ?1", List.of(queueId))
        .filter(present -> !missing.remove(present.agentId)).toList().forEach(entities::remove);
    missing.forEach(agent -> put(queueId, agent));
    entities.flush();
  }

  /// Lets the agent work on these queues, and no others (TH-31).
  public void assign(UUID agentId, Set<UUID> queueIds) {
    var missing = new HashSet<>(queueIds);
    places("from QueueAgent where agentId in ?1", List.of(agentId))
        .filter(present -> !missing.remove(present.queueId)).toList().forEach(entities::remove);
    missing.forEach(queue -> put(queue, agentId));
    entities.flush();
  }

  private Stream<QueueAgent> places(String query, Collection<UUID> of) {
    return of.isEmpty() ? Stream.of() : entities.createQuery(query, QueueAgent.class).setParameter(1, of).getResultList().stream();
  }

  private void put(UUID queueId, UUID agentId) {
    var row = new QueueAgent();
    row.queueId = queueId;
    row.agentId = agentId;
    entities.persist(row);
  }

  /// A new team's mail goes to the tenant's first queue until somebody says otherwise. (The first team of all comes before
  /// the first queue.)
  void created(@Observes TeamCreated created) {
    find("order by position, id").firstResultOptional().ifPresent(first -> created.team().defaultQueueId = first.id);
  }

  /// A new tenant has a queue `Inbox` (TH-13), where its first team's mail goes.
  void found(@Observes @Priority(Founded.QUEUE) Founded founded) {
    var team = teams.findAll().firstResult();
    team.defaultQueueId = create("Inbox", null, team.id, 1).id;
  }
}
