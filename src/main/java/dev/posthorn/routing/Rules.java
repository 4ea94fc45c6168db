package dev.posthorn.routing;

import dev.posthorn.queue.Queue;
import dev.posthorn.queue.Queues;
import dev.posthorn.sla.Calendars;
import dev.posthorn.team.Agent;
import dev.posthorn.team.Agents;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Role;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.jpa.HibernateHints;

/// The rules of the current tenant, and their past.
@ApplicationScoped
public class Rules implements PanacheRepositoryBase<Rule, UUID> {
  private final EntityManager entities;
  private final Teams teams;
  private final Queues queues;
  private final Agents agents;
  private final Calendars calendars;

  Rules(EntityManager entities, Teams teams, Queues queues, Agents agents, Calendars calendars) {
    this.entities = entities;
    this.teams = teams;
    this.queues = queues;
    this.agents = agents;
    this.calendars = calendars;
  }

  /// The rules that are switched on, with what has to be known of what they name. One question where there are none.
  public Rulebook book() {
    return book(find("enabled = true order by position, id").withHint(HibernateHints.HINT_READ_ONLY, true).list().stream().map(Rule::entry).toList());
  }

  /// The same for other rules, whose ids need not exist.
  Rulebook book(List<Rulebook.Entry> entries) {
    if (entries.isEmpty()) {
      return Rulebook.EMPTY;
    }
    var desks = desks(named(entries, Target.Kind.AGENT));
    var named = new HashSet<>(named(entries, Target.Kind.QUEUE));
    desks.values().forEach(desk -> named.addAll(desk.queues()));
    return new Rulebook(entries,
        teams.list("id in ?1", named(entries, Target.Kind.TEAM)).stream().collect(Collectors.toMap((Team team) -> team.id, team -> team.defaultQueueId)),
        queues.list("id in ?1", named).stream().collect(Collectors.toMap((Queue queue) -> queue.id, queue -> Optional.ofNullable(queue.teamId))),
        desks, calendars.hours(named(entries, Target.Kind.CALENDAR)));
  }

  private Map<UUID, Rulebook.Desk> desks(Set<UUID> named) {
    return named.isEmpty() ? Map.of() : agents.list("id in ?1", named).stream().collect(Collectors.toMap((Agent agent) -> agent.id, agent ->
        new Rulebook.Desk(agent.role.equals(Role.ADMIN.word()), agent.role.equals(Role.LEAD.word()) ? teams.teamsOf(agent.id, true) : Set.of(),
            queues.inOrder(queues.queuesOf(agent.id)))));
  }

  private static Set<UUID> named(List<Rulebook.Entry> entries, Target.Kind kind) {
    return entries.stream().flatMap(entry -> Targets.of(entry.condition(), entry.actions()).stream())
        .filter(target -> target.kind() == kind).map(Target::id).collect(Collectors.toSet());
  }

  /// In the order in which they are asked.
  ///
  /// @param teams only those of these teams or of their queues; of all where none are given
  List<Rule> page(Optional<Set<UUID>> teams, Cursor after, int atMost) {
    var parameters = new HashMap<String, Object>();
    var query = of(teams, parameters);
    if (after != null) {
      query += " and (position > :position or position = :position and id > :id)";
      parameters.put("position", (int) after.number());
      parameters.put("id", after.id());
    }
    return find(query + " order by position, id", parameters).page(0, atMost).list();
  }

  long count(Optional<Set<UUID>> teams) {
    var parameters = new HashMap<String, Object>();
    return count(of(teams, parameters), parameters);
  }

  private static String of(Optional<Set<UUID>> teams, Map<String, Object> parameters) {
    teams.ifPresent(own -> parameters.put("teams", own));
    return teams.isEmpty() ? "1 = 1"
        : "(teamId in :teams or teamId is null and queueId in (select queue.id from Queue queue where queue.teamId in :teams))";
  }

  /// Where a new rule stands: behind all others.
  int nextPosition() {
    return entities.createQuery("select coalesce(max(position), 0) + 1 from Rule", Integer.class).getSingleResult();
  }

  /// Newest first.
  List<RuleRevision> revisions(UUID ruleId, Cursor after, int atMost) {
    return entities.createQuery("from RuleRevision where ruleId = ?1 and revision < ?2 order by revision desc", RuleRevision.class)
        .setParameter(1, ruleId).setParameter(2, after == null ? Integer.MAX_VALUE : (int) after.number())
        .setMaxResults(atMost).getResultList();
  }

  Optional<RuleRevision> revision(UUID ruleId, int revision) {
    return Optional.ofNullable(entities.find(RuleRevision.class, new RuleRevision.Key(ruleId, revision)));
  }

  void keep(RuleRevision revision) {
    entities.persist(revision);
  }

  /// Those of the ids that do not exist, of one kind of thing.
  Set<UUID> missing(Target.Kind kind, Collection<UUID> ids) {
    var missing = new HashSet<>(ids);
    // The table's name is one of ours; row-level security keeps others' rows out of sight.
    for (var found : entities.createNativeQuery("select id from " + kind.table() + " where tenant_id = current_tenant() and id = any (:ids)", UUID.class)
        .setParameter("ids", ids.toArray(UUID[]::new)).getResultList()) {
      missing.remove(found);
    }
    return missing;
  }

  /// Remembers what a rule names, so that it cannot be deleted.
  void names(UUID ruleId, Collection<Target> targets) {
    flush();
    entities.createNativeQuery("delete from rule_target where tenant_id = current_tenant() and rule_id = :rule").setParameter("rule", ruleId).executeUpdate();
    int number = 0;
    for (var target : targets) {
      entities.createNativeQuery("insert into rule_target (tenant_id, rule_id, number, " + target.kind().table() + "_id) values (current_tenant(), :rule, :number, :id)")
          .setParameter("rule", ruleId).setParameter("number", number++).setParameter("id", target.id()).executeUpdate();
    }
  }
}
