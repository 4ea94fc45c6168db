package dev.posthorn.ticket;

import dev.posthorn.channel.ChannelMap;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.channel.OutboundChannel;
import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.mail.Address;
import dev.posthorn.queue.Queues;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.team.Team;
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
  /// @param replyTo where answers come in: see [dev.posthorn.channel.AnswersTo]
  /// @param returnPath where bounces go: with the relay it is the signed address, so that a bounce finds its ticket; another server
  ///     takes mail from its own address alone
  /// @param wishes what each level says, of which the first counts
  record Way(OutboundChannel channel, String chosenBy, Address from, Address replyTo, Address returnPath, ChannelMap.Wishes wishes) {}

  /// @param wished the channel that whoever writes asks for
  Way choose(Ticket ticket, Optional<UUID> wished) {
    var team = teams.findById(ticket.teamId);
    var wishes = new ChannelMap.Wishes(
        wished,
        Optional.ofNullable(inbound.findById(ticket.inboundChannelId).replyViaId),
        Optional.ofNullable(queues.findById(ticket.queueId).replyViaId),
        Optional.ofNullable(team.replyViaId),
        Optional.ofNullable(tenants.findById(tenant.value()).defaultOutboundChannelId),
        outbound.platformRelay().id);
    var choice = ChannelMap.choose(wishes);
    var channel = outbound.findById(choice.channelId());
    if (channel == null) {
      throw Refusal.unprocessable("/outboundChannelId", "There is no such outbound channel.");
    }
    var sender = Address.of(addresses.findById(team.senderAddressId).address);
    var from = from(channel, team, sender);
    var signed = signedReplies.sign(sender, ticket.number);
    var replyTo = switch (channel.answersTo()) {
      case TEAM -> signed;
      case ADDRESS -> new Address("", from.address());
      case SIGNED_ADDRESS -> signedReplies.sign(new Address("", from.address()), ticket.number);
    };
    boolean relayed = channel.mailboxId == null && !channel.isOwnServer();
    return new Way(channel, choice.chosenBy(), from, replyTo, relayed ? signed : new Address("", from.address()), wishes);
  }

  /// Under which address and name mail for the team leaves by the channel.
  static Address from(OutboundChannel channel, Team team, Address sender) {
    return new Address(channel.displayName != null ? channel.displayName : team.displayName,
        channel.fromAddress != null ? channel.fromAddress : sender.address());
  }
}
