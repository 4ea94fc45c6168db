package dev.posthorn.ticket;

import dev.posthorn.mail.OutgoingHtml;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.ticket.AppearanceResource.AppearanceView;
import dev.posthorn.ticket.AppearanceResource.AppearanceWish;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// What HTTP may do with how mail looks. Each method is one transaction.
@ApplicationScoped
@Transactional
class AppearanceDesk {
  private final Appearances appearances;
  private final Teams teams;
  private final CurrentTenant tenant;
  private final Caller caller;
  private final Preconditions preconditions;
  private final Clock clock;

  AppearanceDesk(Appearances appearances, Teams teams, CurrentTenant tenant, Caller caller, Preconditions preconditions, Clock clock) {
    this.appearances = appearances;
    this.teams = teams;
    this.tenant = tenant;
    this.caller = caller;
    this.preconditions = preconditions;
    this.clock = clock;
  }

  /// @param teamId none for the tenant's own
  AppearanceView show(Optional<UUID> teamId) {
    teamId.ifPresent(this::demandTeam);
    return teamId.flatMap(appearances::findByIdOptional).map(row -> AppearanceView.of("team", row))
        .or(() -> appearances.findByIdOptional(tenant.value()).map(row -> AppearanceView.of("tenant", row)))
        .orElseGet(() -> new AppearanceView("none", "", "", null, null, null));
  }

  AppearanceView put(Optional<UUID> teamId, AppearanceWish wanted) {
    teamId.ifPresent(this::demandLed);
    preconditions.check(show(teamId));
    var scope = teamId.orElse(tenant.value());
    var row = appearances.findByIdOptional(scope).orElseGet(Appearance::new);
    row.headerHtml = clean(wanted.headerHtml());
    row.footerHtml = clean(wanted.footerHtml());
    row.textColor = wanted.textColor();
    row.backgroundColor = wanted.backgroundColor();
    row.accentColor = wanted.accentColor();
    row.updatedAt = clock.instant();
    if (row.scopeId == null) {
      row.scopeId = scope;
      appearances.persist(row);
    }
    appearances.flush();
    return show(teamId);
  }

  void remove(UUID teamId) {
    demandLed(teamId);
    preconditions.check(show(Optional.of(teamId)));
    appearances.deleteById(teamId);
  }

  private static String clean(String html) {
    return html == null ? "" : OutgoingHtml.sanitize(html);
  }

  private void demandTeam(UUID teamId) {
    teams.findByIdOptional(teamId).orElseThrow(() -> Refusal.notFound("team"));
  }

  private void demandLed(UUID teamId) {
    demandTeam(teamId);
    boolean leads = caller.agentId().map(agent -> teams.teamsOf(agent, true).contains(teamId)).orElse(false);
    if (!caller.is(Role.ADMIN) && !leads) {
      throw Refusal.forbidden("How a team's mail looks is said by its leads and by admins.");
    }
  }
}
