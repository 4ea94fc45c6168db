package dev.posthorn.team;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.mail.OutgoingHtml;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Problem;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import dev.posthorn.web.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/// What HTTP may do with teams. Each method is one transaction.
@ApplicationScoped
@Transactional
class TeamDesk {
  private final Teams teams;
  private final Agents agents;
  private final ForwardingAddresses addresses;
  private final LedTeams led;
  private final Caller caller;
  private final Tenants tenants;
  private final CurrentTenant tenant;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Event<EmailHubSwitchedOn> switchedOn;
  private final Event<TeamLeaving> leaving;
  private final Clock clock;

  TeamDesk(Teams teams, Agents agents, ForwardingAddresses addresses, LedTeams led, Caller caller, Tenants tenants, CurrentTenant tenant,
      Preconditions preconditions, MergePatch mergePatch, Event<EmailHubSwitchedOn> switchedOn, Event<TeamLeaving> leaving, Clock clock) {
    this.teams = teams;
    this.agents = agents;
    this.addresses = addresses;
    this.led = led;
    this.caller = caller;
    this.tenants = tenants;
    this.tenant = tenant;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.switchedOn = switchedOn;
    this.leaving = leaving;
    this.clock = clock;
  }

  Page<TeamView> list(Listing listing) {
    return listing.answer((after, atMost) -> views(teams.page(after, atMost)), team -> Cursor.at(team.id()), teams::count);
  }

  TeamView show(UUID id) {
    return view(existing(id));
  }

  /// A new team, with its provided address (EH-34).
  TeamView create(NewTeam wanted) {
    var leads = orNone(wanted.leadIds());
    var members = orNone(wanted.memberIds());
    demandAgents(leads, members);
    var slug = tenants.findById(tenant.value()).slug;
    var team = teams.create(wanted.name(), Optional.ofNullable(wanted.displayName()).orElse(wanted.name()),
        LocalPart.like(wanted.name(), slug).text());
    team.emailHubEnabled = !Boolean.FALSE.equals(wanted.emailHubEnabled());
    team.joinOpenTicket = Boolean.TRUE.equals(wanted.joinOpenTicket());
    team.acceptOnlyKnownContacts = Boolean.TRUE.equals(wanted.acceptOnlyKnownContacts());
    team.useDisplayNameInAutoReplies = !Boolean.FALSE.equals(wanted.useDisplayNameInAutoReplies());
    team.autoConfirm = Boolean.TRUE.equals(wanted.autoConfirm());
    if (wanted.defaultQueueId() != null) {
      team.defaultQueueId = wanted.defaultQueueId();
    }
    teams.staff(team.id, new HashSet<>(members), new HashSet<>(leads));
    return view(team);
  }

  TeamView change(UUID id, ObjectNode patch) {
    var team = existing(id);
    if (!led.include(id)) {
      throw Refusal.forbidden("A team's settings are changed by its leads and by admins.");
    }
    var before = view(team);
    preconditions.check(before);
    var current = TeamChange.of(before);
    var wanted = mergePatch.apply(current, patch);
    if (caller.is(Role.LEAD) && !wanted.isForLeads(current)) {
      throw Refusal.forbidden("Only admins change a team's name, its people and its way out.");
    }
    if (wanted.equals(current)) {
      return before;
    }
    apply(wanted, team);
    return view(team);
  }

  private void apply(TeamChange wanted, Team team) {
    var switchedOnNow = wanted.emailHubEnabled() && !team.emailHubEnabled;
    demandSender(wanted.senderAddressId(), team.id);
    demandAgents(wanted.leadIds(), wanted.memberIds());
    team.name = wanted.name();
    team.displayName = wanted.displayName();
    team.emailHubEnabled = wanted.emailHubEnabled();
    team.joinOpenTicket = wanted.joinOpenTicket();
    team.acceptOnlyKnownContacts = wanted.acceptOnlyKnownContacts();
    team.useDisplayNameInAutoReplies = wanted.useDisplayNameInAutoReplies();
    team.autoConfirm = wanted.autoConfirm();
    team.senderAddressId = wanted.senderAddressId();
    team.defaultQueueId = wanted.defaultQueueId();
    team.replyViaId = wanted.replyViaId();
    team.signatureHtml = wanted.signatureHtml() == null ? "" : OutgoingHtml.sanitize(wanted.signatureHtml());
    team.updatedAt = clock.instant();
    teams.staff(team.id, new HashSet<>(wanted.memberIds()), new HashSet<>(wanted.leadIds()));
    if (switchedOnNow) {
      // After the row is written: whoever holds mail back for the team has locked it, and is done by now.
      switchedOn.fire(new EmailHubSwitchedOn(team.id));
    }
  }

  /// Deletes a team that was never used: it has no mail, no ticket, no queue. Its addresses stay taken for ever.
  void remove(UUID id) {
    var team = existing(id);
    preconditions.check(view(team));
    if (teams.count() == 1) {
      throw Refusal.conflict("A tenant has at least one team.");
    }
    Removal.of("team", () -> {
      leaving.fire(new TeamLeaving(id));
      teams.remove(team);
    });
  }

  private void demandSender(UUID addressId, UUID teamId) {
    var address = addresses.ofTeam(teamId, addressId)
        .orElseThrow(() -> Refusal.unprocessable("/senderAddressId", "This is none of the team's addresses."));
    if (!address.active) {
      throw Refusal.unprocessable("/senderAddressId", "The address is not active.");
    }
  }

  private void demandAgents(List<UUID> leads, List<UUID> members) {
    var asked = new HashSet<>(leads);
    asked.addAll(members);
    var known = agents.known(asked);
    var faults = new ArrayList<Problem.Fault>();
    faults.addAll(unknown(leads, "/leadIds/", known));
    faults.addAll(unknown(members, "/memberIds/", known));
    if (!faults.isEmpty()) {
      throw Refusal.of(ProblemKind.UNKNOWN_AGENT, null, faults);
    }
  }

  private static List<Problem.Fault> unknown(List<UUID> asked, String pointer, Set<UUID> known) {
    return IntStream.range(0, asked.size()).filter(i -> !known.contains(asked.get(i)))
        .mapToObj(i -> new Problem.Fault(pointer + i, "There is no such agent.")).toList();
  }

  private Team existing(UUID id) {
    return teams.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("team"));
  }

  private TeamView view(Team team) {
    return views(List.of(team)).getFirst();
  }

  private List<TeamView> views(List<Team> page) {
    var people = teams.memberships(page.stream().map(team -> team.id).toList());
    return page.stream().map(team -> TeamView.of(team, people.getOrDefault(team.id, List.of()))).toList();
  }

  private static List<UUID> orNone(List<UUID> ids) {
    return ids == null ? List.of() : ids;
  }
}
