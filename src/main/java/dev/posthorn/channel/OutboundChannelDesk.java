package dev.posthorn.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.channel.OutboundChannelResource.NewOutboundChannel;
import dev.posthorn.channel.OutboundChannelResource.OutboundChannelChange;
import dev.posthorn.channel.OutboundChannelResource.OutboundChannelView;
import dev.posthorn.mail.Address;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// What HTTP may do with the ways out. Each method is one transaction.
@ApplicationScoped
@Transactional
class OutboundChannelDesk {
  private final OutboundChannels channels;
  private final ForwardingAddresses addresses;
  private final Tenants tenants;
  private final CurrentTenant current;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  OutboundChannelDesk(OutboundChannels channels, ForwardingAddresses addresses, Tenants tenants, CurrentTenant current,
      Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.channels = channels;
    this.addresses = addresses;
    this.tenants = tenants;
    this.current = current;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  Page<OutboundChannelView> list(Listing listing) {
    var tenant = tenant();
    return listing.answer(channels::page, channel -> Cursor.at(channel.id), channel -> OutboundChannelView.of(channel, tenant), channels::count);
  }

  OutboundChannelView show(UUID id) {
    return OutboundChannelView.of(existing(id), tenant());
  }

  OutboundChannelView create(NewOutboundChannel wanted) {
    if (!wanted.kind().equals(OutboundChannel.RELAY)) {
      throw Refusal.badRequest("/kind", "Expected: " + OutboundChannel.RELAY + ".");
    }
    var channel = channels.create(OutboundChannel.RELAY, wanted.name(), own(wanted.fromAddress()), wanted.displayName());
    return OutboundChannelView.of(channel, tenant());
  }

  OutboundChannelView change(UUID id, ObjectNode patch) {
    var channel = existing(id);
    var tenant = tenant();
    var before = OutboundChannelView.of(channel, tenant);
    preconditions.check(before);
    var present = new OutboundChannelChange(before.name(), before.fromAddress(), before.displayName(), before.isDefault());
    var wanted = mergePatch.apply(present, patch);
    if (wanted.equals(present)) {
      return before;
    }
    if (wanted.isDefault() != present.isDefault()) {
      tenant.defaultOutboundChannelId = wanted.isDefault() ? id : null;
      tenant.updatedAt = clock.instant();
    }
    channel.name = wanted.name();
    if (channel.mailboxId != null && !Objects.equals(wanted.fromAddress(), present.fromAddress())) {
      throw Refusal.unprocessable("/fromAddress", "Mail by a mailbox comes from its address.");
    }
    if (!Objects.equals(wanted.fromAddress(), present.fromAddress())) {
      channel.fromAddress = own(wanted.fromAddress());
    }
    channel.displayName = wanted.displayName();
    channel.updatedAt = clock.instant();
    channels.flush();
    return OutboundChannelView.of(channel, tenant);
  }

  void remove(UUID id) {
    var channel = existing(id);
    var tenant = tenant();
    preconditions.check(OutboundChannelView.of(channel, tenant));
    if (channel.mailboxId != null) {
      throw Refusal.conflict("It belongs to a mailbox: disconnect that.");
    }
    if (channel.id.equals(channels.platformRelay().id)) {
      throw Refusal.conflict("This is the platform's relay, the last way out that there always is.");
    }
    if (channel.id.equals(tenant.defaultOutboundChannelId)) {
      throw Refusal.conflict("This is the default channel: make another one the default first.");
    }
    Removal.of("channel", () -> {
      channels.delete(channel);
      channels.flush();
    });
  }

  /// Nobody sends in another's name: by the platform's relay a tenant sends from its own forwarding addresses.
  private String own(String address) {
    if (address == null) {
      return null;
    }
    var normalized = Address.of(address).normalized();
    if (addresses.among(List.of(normalized)).isEmpty()) {
      throw Refusal.unprocessable("/fromAddress", "This is none of the tenant's forwarding addresses.");
    }
    return normalized;
  }

  private OutboundChannel existing(UUID id) {
    return channels.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("outbound channel"));
  }

  private Tenant tenant() {
    return tenants.findById(current.value());
  }
}
