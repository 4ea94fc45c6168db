package dev.posthorn.channel;

import dev.posthorn.tenant.Founded;
import dev.posthorn.tenant.Ids;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.UUID;

/// The ways out of the current tenant. The platform's relay is there from the start.
@ApplicationScoped
public class OutboundChannels implements PanacheRepositoryBase<OutboundChannel, UUID> {
  private final Clock clock;

  OutboundChannels(Clock clock) {
    this.clock = clock;
  }

  OutboundChannel create(String kind, String name, String fromAddress, String displayName) {
    var channel = new OutboundChannel();
    channel.id = Ids.next();
    channel.kind = kind;
    channel.name = name;
    channel.fromAddress = fromAddress;
    channel.displayName = displayName;
    channel.createdAt = clock.instant();
    channel.updatedAt = channel.createdAt;
    persistAndFlush(channel);
    return channel;
  }

  /// The relay that every tenant has: the last answer to "through which channel".
  public OutboundChannel platformRelay() {
    return find("kind = ?1 order by id", OutboundChannel.RELAY).firstResult();
  }

  void found(@Observes @Priority(Founded.CHANNEL) Founded founded) {
    create(OutboundChannel.RELAY, "Platform relay", null, null);
  }
}
