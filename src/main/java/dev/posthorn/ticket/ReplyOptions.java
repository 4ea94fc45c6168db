package dev.posthorn.ticket;

import dev.posthorn.channel.ChannelMap;
import dev.posthorn.channel.OutboundChannel;
import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.mail.Address;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a reply to a ticket would be before it is written: which ways there are, from whom, to whom (EH-07).
@ApplicationScoped
class ReplyOptions {
  private final TicketScope scope;
  private final Messages messages;
  private final ReplyPeople people;
  private final ReplyRoute route;
  private final ReplyChecks checks;
  private final OutboundChannels channels;
  private final Teams teams;
  private final ForwardingAddresses addresses;
  private final TextReply texts;
  private final Caller caller;

  ReplyOptions(TicketScope scope, Messages messages, ReplyPeople people, ReplyRoute route, ReplyChecks checks, OutboundChannels channels, Teams teams,
      ForwardingAddresses addresses, TextReply texts, Caller caller) {
    this.scope = scope;
    this.messages = messages;
    this.people = people;
    this.route = route;
    this.checks = checks;
    this.channels = channels;
    this.teams = teams;
    this.addresses = addresses;
    this.texts = texts;
    this.caller = caller;
  }

  /// @param ways by which channel one may answer, and why not
  /// @param outboundChannels all that may be named in a reply, as the customer would see each
  /// @param outboundChannel the one that answers if none is named, and which level chose it
  /// @param levels what each level says, the first of which counts; null where it says nothing
  /// @param to whom a reply goes if nobody is named
  /// @param replyAll whom a reply to all goes to
  @Schema(name = "ReplyOptions")
  record OptionsView(List<WayOption> ways, List<ChannelOption> outboundChannels, MessageView.ChosenChannel outboundChannel, Levels levels,
      List<Message.Party> to, ReplyAll replyAll, UUID newestMessageId) {}

  /// @param channel `email` or `text`
  @Schema(name = "WayOption")
  record WayOption(String channel, boolean possible, String reason) {}

  @Schema(name = "ChannelOption")
  record ChannelOption(UUID id, String kind, String name, Message.Party from) {}

  @Schema(name = "ChannelLevels")
  record Levels(UUID inboundChannel, UUID queue, UUID team, UUID tenant, UUID relay) {
    static Levels of(ChannelMap.Wishes wishes) {
      return new Levels(wishes.inboundChannel().orElse(null), wishes.queue().orElse(null), wishes.team().orElse(null), wishes.tenant().orElse(null),
          wishes.relay());
    }
  }

  @Schema(name = "ReplyAll")
  record ReplyAll(List<Message.Party> to, List<Message.Party> cc) {}

  @Transactional
  OptionsView of(UUID ticketId) {
    var ticket = scope.ticket(ticketId);
    var newest = messages.newest(ticketId);
    var answered = messages.newestInboundMail(ticketId).or(() -> messages.newestMail(ticketId));
    var reason = new ArrayList<String>();
    var to = recipients(ticket, answered, false, reason);
    var all = recipients(ticket, answered, true, new ArrayList<>());
    var way = route.choose(ticket, Optional.empty());
    Team team = teams.findById(ticket.teamId);
    var sender = Address.of(addresses.findById(team.senderAddressId).address);
    return new OptionsView(List.of(new WayOption(Message.EMAIL, reason.isEmpty(), reason.stream().findFirst().orElse(null)),
            text(ticket)),
        channels.list("order by id").stream().map(channel -> option(channel, team, sender)).toList(),
        new MessageView.ChosenChannel(way.channel().id, way.chosenBy()), Levels.of(way.wishes()),
        Messages.parties(to.to()), new ReplyAll(Messages.parties(all.to()), Messages.parties(all.cc())),
        newest.map(message -> message.id).orElse(null));
  }

  private WayOption text(Ticket ticket) {
    var reason = ticket.isClosed() ? "The ticket is closed."
        : ticket.interruptedAt != null ? "The ticket is interrupted."
        : texts.usual(ticket).isEmpty() ? "There is no text account."
        : texts.known(ticket).isEmpty() ? "Nobody knows a telephone number of the requester." : null;
    return new WayOption(Message.TEXT, reason == null, reason);
  }

  private static ChannelOption option(OutboundChannel channel, Team team, Address sender) {
    var from = ReplyRoute.from(channel, team, sender);
    return new ChannelOption(channel.id, channel.kind, channel.name, new Message.Party(from.name(), from.address()));
  }

  /// What would be refused is said instead.
  private ReplyPeople.Recipients recipients(Ticket ticket, Optional<Message> answered, boolean all, List<String> reason) {
    try {
      checks.demandOpen(ticket);
      var request = new ReplyRequest(null, null, null, null, null, all, null, null, null, null, null, null, null, null);
      return answered.map(message -> people.of(message, request, caller.agentId())).orElseGet(() -> people.first(ticket, request, caller.agentId()));
    } catch (Refusal e) {
      reason.add(e.detail().orElseGet(() -> e.kind().title()));
      return new ReplyPeople.Recipients(List.of(), List.of(), List.of());
    }
  }
}
