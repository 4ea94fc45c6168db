package dev.posthorn.team;

import dev.posthorn.tenant.Founded;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The teams of the current tenant and who is in them.
@ApplicationScoped
public class Teams implements PanacheRepositoryBase<Team, UUID> {
  private final EntityManager entities;
  private final ForwardingAddresses addresses;
  private final Event<TeamCreated> created;
  private final Clock clock;

  Teams(EntityManager entities, ForwardingAddresses addresses, Event<TeamCreated> created, Clock clock) {
    this.entities = entities;
    this.addresses = addresses;
    this.created = created;
    this.clock = clock;
  }

  /// A new team with its provided address (EH-34), which is also its sender.
  ///
  /// @param localPart what the address shall look like
  public Team create(String name, String displayName, String localPart) {
    var team = new Team();
    team.id = Ids.next();
    team.name = name;
    team.displayName = displayName;
    team.emailHubEnabled = true;
    team.useDisplayNameInAutoReplies = true;
    team.createdAt = clock.instant();
    team.updatedAt = team.createdAt;
    persistAndFlush(team);
    team.senderAddressId = addresses.issueLike(team.id, localPart).id;
    created.fire(new TeamCreated(team));
    return team;
  }

  List<Team> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }

  /// Deletes the team with its addresses, which stay taken.
  void remove(Team team) {
    team.senderAddressId = null;
    flush();
    addresses.delete("teamId", team.id);
    delete(team);
    flush();
  }

  public Set<UUID> members(UUID teamId, boolean leadsOnly) {
    return memberships("from TeamMember where teamId = ?1", teamId).stream()
        .filter(member -> member.lead || !leadsOnly)
        .map(member -> member.agentId)
        .collect(Collectors.toSet());
  }

  public Set<UUID> teamsOf(UUID agentId, boolean ledOnly) {
    return memberships("from TeamMember where agentId = ?1", agentId).stream()
        .filter(member -> member.lead || !ledOnly)
        .map(member -> member.teamId)
        .collect(Collectors.toSet());
  }

  /// Who is in these teams, by team.
  Map<UUID, List<TeamMember>> memberships(Collection<UUID> teamIds) {
    return teamIds.isEmpty() ? Map.of() : memberships("from TeamMember where teamId in ?1", teamIds).stream()
        .collect(Collectors.groupingBy(member -> member.teamId));
  }

  /// Which teams these agents are in, by agent.
  public Map<UUID, List<UUID>> teamsOf(Collection<UUID> agentIds) {
    return agentIds.isEmpty() ? Map.of() : memberships("from TeamMember where agentId in ?1 order by teamId", agentIds).stream()
        .collect(Collectors.groupingBy(member -> member.agentId, Collectors.mapping(member -> member.teamId, Collectors.toList())));
  }

  /// Puts these agents, and no others, into the team; the leads are members too.
  public void staff(UUID teamId, Set<UUID> members, Set<UUID> leads) {
    var missing = Stream.concat(members.stream(), leads.stream()).collect(Collectors.toSet());
    for (var present : memberships("from TeamMember where teamId = ?1", teamId)) {
      if (missing.remove(present.agentId)) {
        present.lead = leads.contains(present.agentId);
      } else {
        entities.remove(present);
      }
    }
    missing.forEach(agent -> join(teamId, agent, leads.contains(agent)));
    entities.flush();
  }

  /// Puts the agent into these teams, and no others; where the agent leads, it stays so.
  public void place(UUID agentId, Set<UUID> teamIds) {
    var missing = new HashSet<>(teamIds);
    for (var present : memberships("from TeamMember where agentId = ?1", agentId)) {
      if (!missing.remove(present.teamId)) {
        entities.remove(present);
      }
    }
    missing.forEach(team -> join(team, agentId, false));
    entities.flush();
  }

  private void join(UUID teamId, UUID agentId, boolean lead) {
    var member = new TeamMember();
    member.teamId = teamId;
    member.agentId = agentId;
    member.lead = lead;
    entities.persist(member);
  }

  private List<TeamMember> memberships(String query, Object of) {
    return entities.createQuery(query, TeamMember.class).setParameter(1, of).getResultList();
  }

  void found(@Observes @Priority(Founded.TEAM) Founded founded) {
    create("support", founded.tenant().name, "support." + founded.tenant().slug);
  }
}
