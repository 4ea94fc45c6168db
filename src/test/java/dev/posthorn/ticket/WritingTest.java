package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.posthorn.mail.Address;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What stands around a reply, when it leaves, and who knows of it meanwhile.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class WritingTest {
  private final Desk desk = new Desk();
  private final UUID ticket = desk.ticket();

  private UUID replied(String key, Map<String, ?> body) {
    return desk.reply(key, ticket, body).statusCode(202).extract().jsonPath().getUUID("id");
  }

  private String agentsKey(String name, String signature) {
    var agent = desk.agent(name, Role.AGENT, desk.inbox());
    desk.signature(agent, signature);
    return desk.key(Role.AGENT, agent);
  }

  private void put(String path, Object body) {
    Desk.as(desk.admin).contentType(ContentType.JSON).body(body).put("/api/v1" + path).then().statusCode(200);
  }

  @Test
  void theTeamsSignatureStandsWhereTheAgentHasNone() { // EH-15, EH-16, OD-28
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("signatureHtml", "<p>Your support team</p><script>x</script>"))
        .patch("/api/v1/teams/{id}", desk.lodger.teamId()).then().statusCode(200).body("signatureHtml", not(equalTo("")));

    var plain = desk.sent(replied(agentsKey("ada", ""), Map.of("text", "Done.")));
    var own = desk.sent(replied(agentsKey("ben", "<p>Ben, yours</p>"), Map.of("html", "<p>Done.</p>")));

    assertThat(plain.text()).contains("-- ", "Your support team");
    assertThat(own.html().orElseThrow()).contains("Ben, yours").doesNotContain("Your support team", "script");
  }

  @Test
  void mailLooksAsTheTeamOrTheTenantSays() { // OD-28
    put("/tenant/mail-appearance", Map.of("headerHtml", "<h1>Acme</h1>", "footerHtml", "<p>Acme Ltd, Basel</p>", "accentColor", "#aa0000", "textColor", "#112233"));
    var tenants = desk.sent(replied(desk.admin, Map.of("html", "<p>Done.</p>"))).html().orElseThrow();
    put("/teams/" + desk.lodger.teamId() + "/mail-appearance", Map.of("headerHtml", "<h1>IT</h1><script>alert(1)</script>"));
    var teams = desk.sent(replied(desk.admin, Map.of("html", "<p>Done.</p>"))).html().orElseThrow();
    Desk.as(desk.admin).delete("/api/v1/teams/{id}/mail-appearance", desk.lodger.teamId()).then().statusCode(204);

    assertThat(tenants).contains("Acme", "Done.", "Basel", "#aa0000", "#112233");
    assertThat(tenants.indexOf("Acme")).isLessThan(tenants.indexOf("Done."));
    assertThat(teams).contains("IT", "Done.").doesNotContain("Basel", "script");
    assertThat(desk.get("/teams/{id}/mail-appearance", desk.lodger.teamId()).getString("from")).isEqualTo("tenant");
    Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("textColor", "red")).put("/api/v1/tenant/mail-appearance").then().statusCode(400);
    var lead = desk.key(Role.LEAD, desk.agent("lea", Role.LEAD));
    Desk.as(lead).contentType(ContentType.JSON).body(Map.of()).put("/api/v1/teams/{id}/mail-appearance", desk.lodger.teamId()).then().statusCode(403);
  }

  @Test
  void whatWaitsForItsTimeCanBeTakenBack() { // WX-18
    var at = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
    var reply = replied(desk.admin, Map.of("text", "Later.", "sendAt", at.toString()));
    assertThat(desk.get("/messages/{id}", reply).getString("delivery.state")).isEqualTo("queued");
    assertThat(Instant.parse(desk.get("/messages/{id}", reply).getString("delivery.sendAt"))).isEqualTo(at);
    assertThat(desk.get("/tickets/{id}", ticket).getBoolean("unanswered")).isFalse();

    Desk.as(desk.admin).delete("/api/v1/messages/{id}", reply).then().statusCode(204);

    Desk.as(desk.admin).get("/api/v1/messages/{id}", reply).then().statusCode(404);
    assertThat(desk.get("/tickets?q=Later").getList("items")).isEmpty();
    assertThat(desk.get("/tickets/{id}", ticket).getBoolean("unanswered")).isTrue();
    assertThat(desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind")).contains("message.withdrawn");
  }

  @Test
  void whatCameInIsNotTakenBackAndTheTimeMustLieAhead() {
    var inbound = desk.get("/tickets/{id}/messages", ticket).getString("items[0].id");
    Desk.as(desk.admin).delete("/api/v1/messages/{id}", inbound).then().statusCode(409);
    desk.reply(ticket, Map.of("text", "x", "sendAt", Instant.now().minusSeconds(5).toString())).statusCode(422).body("errors[0].pointer", equalTo("/sendAt"));
    desk.reply(ticket, Map.of("text", "x", "sendAt", Instant.now().plus(Duration.ofDays(800)).toString())).statusCode(422);
  }

  @Test
  void messagesAreUnseenUntilSeen() { // WX-10
    var agent = desk.agent("ada", Role.AGENT, desk.inbox());
    var key = desk.key(Role.AGENT, agent);
    var first = "items[0].seenBy.agentId";
    assertThat(desk.get("/tickets/{id}/messages", ticket).getList(first)).isEmpty();

    Desk.as(key).post("/api/v1/tickets/{id}/seen", ticket).then().statusCode(204);
    desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<" + desk.get("/tickets/{id}/messages", ticket).getString("items[0].messageId") + ">"));

    var messages = desk.get("/tickets/{id}/messages", ticket);
    assertThat(messages.getList(first, UUID.class)).containsExactly(agent);
    assertThat(messages.getList("items[1].seenBy.agentId")).isEmpty();
    Desk.as(desk.admin).post("/api/v1/tickets/{id}/seen", ticket).then().statusCode(422);
  }

  @Test
  void othersAreToldWhoWrites() {
    var ada = desk.agent("ada", Role.AGENT, desk.inbox());
    var key = desk.key(Role.AGENT, ada);
    var path = "/api/v1/tickets/{id}/drafting";
    Desk.as(key).put(path, ticket).then().statusCode(200).body("writing.agentId", hasItem(ada.toString()));
    Desk.as(key).put(path, ticket).then().statusCode(200);
    var kinds = desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind", String.class);
    assertThat(kinds.stream().filter("ticket.drafting-started"::equals)).hasSize(1);

    replied(key, Map.of("text", "Done."));

    assertThat(desk.get("/tickets/{id}/drafting", ticket).getList("writing")).isEmpty();
    assertThat(desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind")).contains("ticket.drafting-ended");
    Desk.as(key).delete(path, ticket).then().statusCode(204);
  }

  @Test
  void nobodyIsMailedWhatTheyWrote() { // OD-29
    var both = desk.arrives(desk.from("anna@customer.example").header("Cc", "ada@staff.example, ben@staff.example")).ticketId;
    var key = desk.key(Role.AGENT, desk.agent("ada", Role.AGENT, desk.inbox()));

    var reply = desk.reply(key, both, Map.of("text", "Done.", "replyAll", true)).statusCode(202).extract().jsonPath().getUUID("id");

    assertThat(desk.sent(reply).cc()).extracting(Address::address).containsExactly("ben@staff.example");
  }

  @Test
  void theOptionsSayWhatAReplyWouldBe() { // EH-07, OD-16
    var options = desk.get("/tickets/{id}/reply-options", ticket);

    assertThat(options.getList("ways.channel")).isEqualTo(List.of("email", "text"));
    assertThat(options.getList("ways.possible")).isEqualTo(List.of(true, false));
    assertThat(options.getString("outboundChannel.chosenBy")).isEqualTo("relay");
    assertThat(options.getString("outboundChannels[0].from.address")).isEqualTo(desk.lodger.address());
    assertThat(options.getString("to[0].address")).isEqualTo("anna@customer.example");
    desk.reply(ticket, Map.of("text", "x", "channel", "text")).statusCode(422).body("type", equalTo("/problems/contact-has-no-phone"));
    Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure", ticket).then().statusCode(200);
    assertThat(desk.get("/tickets/{id}/reply-options", ticket).getBoolean("ways[0].possible")).isFalse();
  }
}
