package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.channel.OutboundChannel;
import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.mail.Address;
import dev.posthorn.queue.Queue;
import dev.posthorn.queue.Queues;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.tenant.Tenants;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Which way a reply goes out, and who chose it: the reply > the inbound channel > the queue > the team > the tenant > the relay.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ReplyRouteTest {
  private final Desk desk = new Desk();
  private final UUID ticket = desk.ticket();

  @Test
  void theNearestWishWinsAndTheAnswerSaysWhose() { // TH-15, OD-16, OD-18, OD-21
    UUID relay = desk.in(() -> Desk.bean(OutboundChannels.class).platformRelay().id);
    chosen(null, relay, "relay");

    var ofTenant = channel("of tenant", null);
    desk.in(() -> Desk.bean(Tenants.class).<Tenant>findById(desk.lodger.tenant().value()).defaultOutboundChannelId = ofTenant);
    chosen(null, ofTenant, "tenant");

    var ofTeam = channel("of team", null);
    desk.in(() -> Desk.bean(Teams.class).<Team>findById(desk.lodger.teamId()).replyViaId = ofTeam);
    chosen(null, ofTeam, "team");

    var ofQueue = channel("of queue", null);
    var queue = desk.inbox();
    desk.in(() -> Desk.bean(Queues.class).<Queue>findById(queue).replyViaId = ofQueue);
    chosen(null, ofQueue, "queue");

    var ofInbound = channel("of inbound", null);
    desk.in(() -> Desk.bean(InboundChannels.class).<InboundChannel>findById(desk.lodger.channelId()).replyViaId = ofInbound);
    chosen(null, ofInbound, "inbound-channel");

    var ofReply = channel("of reply", null);
    chosen(ofReply, ofReply, "reply");
  }

  @Test
  void theCustomerSeesTheAddressOfTheChannel() { // OD-22, OD-20
    var address = desk.in(() -> Desk.bean(ForwardingAddresses.class).issueLike(desk.lodger.teamId(), "it").address);
    var channel = channel("IT", address);

    var mail = desk.sent(chosen(channel, channel, "reply"));

    assertThat(mail.from()).hasValue(new Address("IT", address));
  }

  private UUID chosen(UUID wanted, UUID channel, String by) {
    var body = new HashMap<String, Object>(Map.of("text", "Done."));
    body.put("outboundChannelId", wanted);
    var reply = desk.reply(ticket, body).statusCode(202).extract().jsonPath();
    assertThat(reply.getUUID("outboundChannel.id")).isEqualTo(channel);
    assertThat(reply.getString("outboundChannel.chosenBy")).isEqualTo(by);
    assertThat(desk.get("/messages/{id}", reply.getString("id")).getString("outboundChannel.chosenBy")).isEqualTo(by);
    assertThat(desk.get("/messages/{id}/explanation", reply.getString("id")).getString("decidedBy")).isEqualTo(by);
    if (wanted == null) {
      assertThat(desk.get("/tickets/{id}/reply-options", ticket).getString("outboundChannel.chosenBy")).isEqualTo(by);
    }
    return reply.getUUID("id");
  }

  private UUID channel(String name, String fromAddress) {
    return desk.in(() -> {
      var channel = new OutboundChannel();
      channel.id = Ids.next();
      channel.kind = OutboundChannel.RELAY;
      channel.name = name;
      channel.displayName = name;
      channel.fromAddress = fromAddress;
      channel.createdAt = Instant.now();
      channel.updatedAt = channel.createdAt;
      Desk.bean(OutboundChannels.class).persistAndFlush(channel);
      return channel.id;
    });
  }
}
