package dev.posthorn.team;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.team.ForwardingAddressResource.ForwardingAddressChange;
import dev.posthorn.team.ForwardingAddressResource.ForwardingAddressView;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Selection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;

/// What HTTP may do with a team's forwarding addresses. Each method is one transaction.
@ApplicationScoped
@Transactional
class ForwardingAddressDesk {
  private final Teams teams;
  private final ForwardingAddresses addresses;
  private final LedTeams led;
  private final Tenants tenants;
  private final CurrentTenant tenant;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  ForwardingAddressDesk(Teams teams, ForwardingAddresses addresses, LedTeams led, Tenants tenants, CurrentTenant tenant,
      Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.teams = teams;
    this.addresses = addresses;
    this.led = led;
    this.tenants = tenants;
    this.tenant = tenant;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  Page<ForwardingAddressView> list(UUID teamId, Listing listing) {
    var team = readable(teamId);
    var ofTeam = Selection.all().where("teamId = ?", teamId);
    return listing.answer((after, atMost) -> ofTeam.oldestFirst(addresses, after, atMost), address -> Cursor.at(address.id),
        address -> ForwardingAddressView.of(address, team), () -> ofTeam.count(addresses));
  }

  ForwardingAddressView show(UUID teamId, UUID id) {
    var team = readable(teamId);
    return ForwardingAddressView.of(existing(teamId, id), team);
  }

  /// @param localPart null for one made from the names of team and tenant
  ForwardingAddressView issue(UUID teamId, String localPart) {
    var team = readable(teamId);
    return ForwardingAddressView.of(addresses.issueWanted(teamId, localPart, team.name, tenants.findById(tenant.value()).slug), team);
  }

  ForwardingAddressView change(UUID teamId, UUID id, ObjectNode patch) {
    var team = readable(teamId);
    var address = existing(teamId, id);
    var before = ForwardingAddressView.of(address, team);
    preconditions.check(before);
    var wanted = mergePatch.apply(new ForwardingAddressChange(before.active()), patch);
    if (wanted.active() == before.active()) {
      return before;
    }
    if (before.isSender()) {
      throw Refusal.conflict("The team sends from this address: give it another sender first.");
    }
    address.active = wanted.active();
    address.updatedAt = clock.instant();
    addresses.flush();
    return ForwardingAddressView.of(address, team);
  }

  /// The team, for those who may see its addresses (AT-07).
  private Team readable(UUID teamId) {
    var team = teams.findByIdOptional(teamId).orElseThrow(() -> Refusal.notFound("team"));
    if (!led.include(teamId)) {
      throw Refusal.forbidden("A team's addresses are shown to its leads and to admins.");
    }
    return team;
  }

  private ForwardingAddress existing(UUID teamId, UUID id) {
    return addresses.ofTeam(teamId, id).orElseThrow(() -> Refusal.notFound("forwarding address"));
  }
}
