package dev.posthorn.ticket;

import dev.posthorn.channel.ChannelMap;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.channel.OutboundChannel;
import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.mail.Address;
import dev.posthorn.queue.Queues;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/// Which way a reply goes out, and under which address.
@ApplicationScoped
class ReplyRoute {
  private final Teams teams;
  private final ForwardingAddresses addresses;
  private final InboundChannels inbound;
  private final OutboundChannels outbound;
  private final Queues queues;
  private final Tenants tenants;
  private final CurrentTenant tenant;
  private final SignedReplies signedReplies;

  ReplyRoute(Teams teams, ForwardingAddresses addresses, InboundChannels inbound, OutboundChannels outbound, Queues queues,
      Tenants tenants, CurrentTenant tenant, SignedReplies signedReplies) {
    this.teams = teams;
    this.addresses = addresses;
    this.inbound = inbound;
    this.outbound = outbound;
    this.queues = queues;
    this.tenants = tenants;
    this.tenant = tenant;
    this.signedReplies = signedReplies;
  }

  /// @param from what the customer sees (EH-22, OD-20)
  /// @param replyTo the signed address that brings the answer back; bounces come to it too
  record Way(OutboundChannel channel, String chosenBy, Address from, Address replyTo) {}

  Way choose(Ticket ticket, ReplyRequest request) {
    return choose(ticket, Optional.ofNullable(request.outboundChannelId()));
  }

  /// @param wished the channel that whoever writes asks for
  Way choose(Ticket ticket, Optional<UUID> wished) {
    var choice = ChannelMap.choose(new ChannelMap.Wishes(
        wished,
        Optional.ofNullable(inbound.findById(ticket.inboundChannelId).replyViaId),
        Optional.ofNullable(queues.findById(ticket.queueId).replyViaId),
        Optional.empty(),
        Optional.ofNullable(tenants.findById(tenant.value()).defaultOutboundChannelId),
        outbound.platformRelay().id));
    var channel = outbound.findById(choice.channelId());
    if (channel == null) {
      throw Refusal.unprocessable("/outboundChannelId", "There is no such outbound channel.");
    }
    var team = teams.findById(ticket.teamId);
    var sender = addresses.findById(team.senderAddressId).address;
    var from = new Address(
        channel.displayName != null ? channel.displayName : team.displayName,
        channel.fromAddress != null ? channel.fromAddress : sender);
    return new Way(channel, choice.chosenBy(), from, signedReplies.sign(Address.of(sender), ticket.number));
  }
}
