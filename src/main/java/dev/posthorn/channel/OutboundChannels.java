package dev.posthorn.channel;

import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.team.TeamLeaving;
import dev.posthorn.tenant.Founded;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

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

  /// Those of the addresses that mail of the tenant's own comes from (P-45).
  ///
  /// @param addresses normalized, see [dev.posthorn.mail.Address#normalized]
  public Set<String> among(Collection<String> addresses) {
    return addresses.isEmpty() ? Set.of() : new HashSet<>(getEntityManager()
        .createQuery("select lower(fromAddress) from OutboundChannel where lower(fromAddress) in ?1", String.class)
        .setParameter(1, addresses).getResultList());
  }

  /// How a mail fared that was to leave by it; written down only where it is news. What is refused for good is the mail's matter, and
  /// the channel works.
  public void heard(UUID id, List<Delivery> deliveries) {
    if (deliveries.stream().anyMatch(one -> one.outcome() instanceof SendOutcome.Sent)) {
      update("lastError = null where id = ?1 and lastError is not null", id);
      return;
    }
    deliveries.stream().flatMap(one -> switch (one.outcome()) {
      case SendOutcome.Deferred deferred -> Stream.of(deferred.why());
      case SendOutcome.Unknown(String why) -> Stream.of(why);
      case SendOutcome.Sent _, SendOutcome.Refused _ -> Stream.<String>empty();
    }).findFirst().ifPresent(why -> update("lastError = ?2 where id = ?1 and lastError is null", id, why));
  }

  OutboundChannel ofMailbox(UUID mailboxId) {
    return find("mailboxId", mailboxId).singleResult();
  }

  List<OutboundChannel> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }

  /// A team goes; a way out that names one of its addresses keeps it.
  void leaving(@Observes TeamLeaving leaving) {
    var named = getEntityManager().createQuery("""
            select channel.name from OutboundChannel channel, ForwardingAddress address
            where address.teamId = ?1 and channel.fromAddress = address.address""", String.class)
        .setParameter(1, leaving.teamId()).setMaxResults(1).getResultStream().findFirst();
    named.ifPresent(name -> {
      throw Refusal.conflict("The outbound channel " + name + " sends from an address of the team.");
    });
  }

  void found(@Observes @Priority(Founded.CHANNEL) Founded founded) {
    create(OutboundChannel.RELAY, "Platform relay", null, null);
  }
}
