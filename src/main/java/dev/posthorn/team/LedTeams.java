package dev.posthorn.team;

import dev.posthorn.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Whose settings the caller may see and change: an admin's are all teams, a lead's the teams that the agent leads (EH-17),
/// an agent's none.
@ApplicationScoped
public class LedTeams {
  private final Caller caller;
  private final Teams teams;

  LedTeams(Caller caller, Teams teams) {
    this.caller = caller;
    this.teams = teams;
  }

  /// The only teams there are for the caller; empty where there are no bounds.
  public Optional<Set<UUID>> bounds() {
    return switch (caller.role()) {
      case ADMIN -> Optional.empty();
      case LEAD -> Optional.of(caller.agentId().map(agent -> teams.teamsOf(agent, true)).orElse(Set.of()));
      case AGENT, REQUESTER, OPERATOR -> Optional.of(Set.of());
    };
  }

  public boolean include(UUID teamId) {
    return bounds().map(led -> led.contains(teamId)).orElse(true);
  }
}
