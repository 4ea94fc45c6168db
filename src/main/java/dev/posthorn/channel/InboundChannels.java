package dev.posthorn.channel;

import dev.posthorn.team.AddressIssued;
import dev.posthorn.tenant.Ids;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/// The ways into the current tenant. Each forwarding address is one, from the moment it is issued.
@ApplicationScoped
public class InboundChannels implements PanacheRepositoryBase<InboundChannel, UUID> {
  static final String DEFAULT_COLOR = "#1f77b4";

  private final Clock clock;

  InboundChannels(Clock clock) {
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

  public List<InboundChannel> ofTeam(UUID teamId) {
    return list("teamId", teamId);
  }

  void issued(@Observes AddressIssued issued) {
    var address = issued.address();
    create(InboundChannel.FORWARDING_ADDRESS, address.address, address.address, address.teamId);
  }
}
