package dev.posthorn.team;

import dev.posthorn.tenant.Founded;
import dev.posthorn.tenant.Ids;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The teams of the current tenant and who is in them.
@ApplicationScoped
public class Teams implements PanacheRepositoryBase<Team, UUID> {
  private final EntityManager entities;
  private final ForwardingAddresses addresses;
  private final Clock clock;

  Teams(EntityManager entities, ForwardingAddresses addresses, Clock clock) {
    this.entities = entities;
    this.addresses = addresses;
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
    team.createdAt = clock.instant();
    team.updatedAt = team.createdAt;
    persistAndFlush(team);
    team.senderAddressId = addresses.issueLike(team.id, localPart).id;
    return team;
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

  /// Puts these agents, and no others, into the team; the leads are members too.
  public void staff(UUID teamId, Set<UUID> members, Set<UUID> leads) {
    entities.createQuery("delete from TeamMember where teamId = ?1").setParameter(1, teamId).executeUpdate();
    members.forEach(agent -> join(teamId, agent, leads.contains(agent)));
    leads.stream().filter(agent -> !members.contains(agent)).forEach(agent -> join(teamId, agent, true));
    entities.flush();
  }

  private void join(UUID teamId, UUID agentId, boolean lead) {
    var member = new TeamMember();
    member.teamId = teamId;
    member.agentId = agentId;
    member.lead = lead;
    entities.persist(member);
  }

  private List<TeamMember> memberships(String query, UUID of) {
    return entities.createQuery(query, TeamMember.class).setParameter(1, of).getResultList();
  }

  void found(@Observes @Priority(Founded.TEAM) Founded founded) {
    create("support", founded.tenant().name, "support." + founded.tenant().slug);
  }
}
