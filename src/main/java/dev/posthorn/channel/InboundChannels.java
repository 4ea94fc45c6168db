package dev.posthorn.channel;

import dev.posthorn.team.AddressIssued;
import dev.posthorn.team.TeamLeaving;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The ways into the current tenant. Each forwarding address is one, from the moment it is issued.
@ApplicationScoped
public class InboundChannels implements PanacheRepositoryBase<InboundChannel, UUID> {
  static final String DEFAULT_COLOR = "#1f77b4";

  private final Event<ChannelLost> lost;
  private final Event<ChannelBack> back;
  private final Clock clock;

  InboundChannels(Event<ChannelLost> lost, Event<ChannelBack> back, Clock clock) {
    this.lost = lost;
    this.back = back;
    this.clock = clock;
  }

  InboundChannel create(String kind, String name, String address, UUID teamId) {
    var channel = new InboundChannel();
    channel.id = Ids.next();
    channel.kind = kind;
    channel.name = name;
    channel.color = DEFAULT_COLOR;
    channel.address = address;
    channel.teamId = teamId;
    channel.createdAt = clock.instant();
    channel.updatedAt = channel.createdAt;
    persistAndFlush(channel);
    return channel;
  }

  /// The way in of a connected mailbox. One that the same address had before is taken up again: what came in by it then is not
  /// new when it is seen again.
  InboundChannel ofNewMailbox(Mailbox mailbox, UUID replyViaId) {
    var channel = find("kind = ?1 and mailboxId is null and address = ?2", InboundChannel.MAILBOX, mailbox.address)
        .firstResultOptional().orElseGet(() -> create(InboundChannel.MAILBOX, mailbox.name, mailbox.address, mailbox.teamId));
    channel.mailboxId = mailbox.id;
    channel.teamId = mailbox.teamId;
    channel.replyViaId = replyViaId;
    channel.updatedAt = clock.instant();
    back.fire(new ChannelBack(channel.id));
    return channel;
  }

  /// The way in of texts for a number. One that the number had before is taken up again.
  public InboundChannel ofTexts(String name, String number, UUID teamId) {
    var channel = find("kind = ?1 and address = ?2", InboundChannel.TEXT, number).<InboundChannel>firstResultOptional()
        .orElseGet(() -> create(InboundChannel.TEXT, name, number, teamId));
    channel.teamId = teamId;
    channel.updatedAt = clock.instant();
    back.fire(new ChannelBack(channel.id));
    return channel;
  }

  /// The account of a number goes; its way in stays with what came in.
  public void letGoOfTexts(UUID channelId) {
    lost.fire(new ChannelLost(channelId, "text-account"));
  }

  InboundChannel ofMailbox(UUID mailboxId) {
    return find("mailboxId", mailboxId).singleResult();
  }

  /// A mailbox goes: its way in stays with what came in, and is answered by others.
  void letGo(UUID mailboxId) {
    lost.fire(new ChannelLost(ofMailbox(mailboxId).id, "mailbox"));
    update("mailboxId = null, replyViaId = null, updatedAt = ?1 where mailboxId = ?2", clock.instant(), mailboxId);
  }

  /// The way in that one of the tenant's forwarding addresses is.
  public InboundChannel ofAddress(String address) {
    return find("kind = ?1 and address = ?2", InboundChannel.FORWARDING_ADDRESS, address).singleResult();
  }

  public List<InboundChannel> ofTeam(UUID teamId) {
    return list("teamId", teamId);
  }

  /// Those of the teams; of all teams where none are given.
  List<InboundChannel> page(Optional<Set<UUID>> teams, Cursor after, int atMost) {
    return ofTeams(teams).oldestFirst(this, after, atMost);
  }

  long count(Optional<Set<UUID>> teams) {
    return ofTeams(teams).count(this);
  }

  private static Selection ofTeams(Optional<Set<UUID>> teams) {
    return Selection.all().where("teamId in ?", teams.orElse(null));
  }

  /// A team that goes takes its ways in with it; mail that came in by one of them keeps it.
  void leaving(@Observes TeamLeaving leaving) {
    delete("teamId", leaving.teamId());
  }

  void issued(@Observes AddressIssued issued) {
    var address = issued.address();
    create(InboundChannel.FORWARDING_ADDRESS, address.address, address.address, address.teamId);
  }
}
