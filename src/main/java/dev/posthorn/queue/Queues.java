package dev.posthorn.queue;

import dev.posthorn.team.Teams;
import dev.posthorn.tenant.Founded;
import dev.posthorn.tenant.Ids;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

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

  public Set<UUID> agents(UUID queueId) {
    return entities.createQuery("select agentId from QueueAgent where queueId = ?1", UUID.class)
        .setParameter(1, queueId).getResultStream().collect(Collectors.toSet());
  }

  public Set<UUID> queuesOf(UUID agentId) {
    return entities.createQuery("select queueId from QueueAgent where agentId = ?1", UUID.class)
        .setParameter(1, agentId).getResultStream().collect(Collectors.toSet());
  }

  /// Lets these agents, and no others, work on the queue.
  public void staff(UUID queueId, Set<UUID> agents) {
    entities.createQuery("delete from QueueAgent where queueId = ?1").setParameter(1, queueId).executeUpdate();
    for (var agent : agents) {
      var row = new QueueAgent();
      row.queueId = queueId;
      row.agentId = agent;
      entities.persist(row);
    }
    entities.flush();
  }

  /// A new tenant has a queue `Inbox` (TH-13), where its first team's mail goes.
  void found(@Observes @Priority(Founded.QUEUE) Founded founded) {
    var team = teams.findAll().firstResult();
    team.defaultQueueId = create("Inbox", null, team.id, 1).id;
  }
}
