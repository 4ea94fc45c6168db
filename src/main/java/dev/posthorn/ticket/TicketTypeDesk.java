package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.ticket.TicketTypeResource.NewTicketType;
import dev.posthorn.ticket.TicketTypeResource.TicketTypeChange;
import dev.posthorn.ticket.TicketTypeResource.TicketTypeView;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import dev.posthorn.web.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;

/// What HTTP may do with types of tickets. Each method is one transaction.
@ApplicationScoped
@Transactional
class TicketTypeDesk {
  private final TicketTypes types;
  private final Teams teams;
  private final ForwardingAddresses addresses;
  private final InboundChannels channels;
  private final Tenants tenants;
  private final CurrentTenant tenant;
  private final Caller caller;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  TicketTypeDesk(TicketTypes types, Teams teams, ForwardingAddresses addresses, InboundChannels channels, Tenants tenants, CurrentTenant tenant,
      Caller caller, Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.types = types;
    this.teams = teams;
    this.addresses = addresses;
    this.channels = channels;
    this.tenants = tenants;
    this.tenant = tenant;
    this.caller = caller;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  Page<TicketTypeView> list(Listing listing) {
    return listing.answer(types::page, type -> Cursor.at(type.id), this::view, types::count);
  }

  TicketTypeView show(UUID id) {
    return view(existing(id));
  }

  /// A new type, with its address and the way in that this is.
  TicketTypeView create(NewTicketType wanted) {
    var type = new TicketType();
    type.id = Ids.next();
    type.name = wanted.name();
    type.createdAt = clock.instant();
    type.updatedAt = type.createdAt;
    type.creationAddress = addresses.issueWanted(team(wanted.teamId()).id, wanted.localPart(), wanted.name(), tenants.findById(tenant.value()).slug).address;
    types.persistAndFlush(type);
    var channel = channels.ofAddress(type.creationAddress);
    channel.name = type.name;
    channel.ticketTypeId = type.id;
    return view(type);
  }

  private Team team(UUID id) {
    return id == null ? teams.find("order by id").firstResult()
        : teams.findByIdOptional(id).orElseThrow(() -> Refusal.unprocessable("/teamId", "There is no such team."));
  }

  TicketTypeView change(UUID id, ObjectNode patch) {
    var type = existing(id);
    preconditions.check(view(type));
    var current = new TicketTypeChange(type.name);
    var wanted = mergePatch.apply(current, patch);
    if (!wanted.equals(current)) {
      type.name = wanted.name();
      type.updatedAt = clock.instant();
      types.flush();
    }
    return view(type);
  }

  /// Deletes a type that no ticket has. Its address goes on routing to its team.
  void remove(UUID id) {
    var type = existing(id);
    preconditions.check(view(type));
    Removal.of("type", () -> {
      types.delete(type);
      types.flush();
    });
  }

  /// AT-07.
  private TicketTypeView view(TicketType type) {
    return TicketTypeView.of(type, caller.is(Role.ADMIN));
  }

  private TicketType existing(UUID id) {
    return types.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("ticket type"));
  }
}
