package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.Gateway;
import dev.posthorn.support.Provider;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An admin deletes what open tickets came by.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class InterruptionTest {
  private static final String SUPPORT = "support@acme.example";

  private final Desk desk = new Desk();
  private final Provider provider = Provider.start().with(SUPPORT);
  private final Gateway gateway = new Gateway();
  private String account;

  @AfterEach
  void close() {
    gateway.close();
    provider.close();
  }

  private ValidatableResponse post(String path, Object body) {
    return Desk.as(desk.admin).contentType("application/json").body(body).post("/api/v1" + path).then();
  }

  private UUID byText(String from) {
    if (account == null) {
      account = connected();
    }
    var channel = desk.get("/text-accounts/{id}", account).getString("inboundChannelId");
    return UUID.fromString(post("/inbound-channels/" + channel + "/texts", Map.of("id", from, "from", from, "text", "Hello")).statusCode(202).extract().path("ticketId"));
  }

  private String connected() {
    return post("/text-accounts", Map.of("name", "Mobile", "number", "+41446681800", "teamId", desk.lodger.teamId(), "gatewayUrl", gateway.url()))
        .statusCode(201).extract().path("id");
  }

  private void deleted() {
    Desk.as(desk.admin).delete("/api/v1/text-accounts/" + account).then().statusCode(204);
  }

  private List<String> kinds(UUID ticket) {
    return desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind");
  }

  @Test
  void aTicketWhoseResourceIsDeletedIsInterruptedAndSendsNothing() { // WX-13
    var ticket = byText("+4915112345678");
    var solved = byText("+4915112345679");
    desk.patch(solved, Map.of("status", "solved")).statusCode(200);

    deleted();

    assertThat(desk.get("/tickets/{id}", ticket).getString("interrupted.by")).isEqualTo("text-account");
    assertThat(kinds(ticket)).contains("ticket.interrupted");
    desk.reply(ticket, Map.of("text", "x", "to", List.of(Map.of("address", "anna@customer.example")))).statusCode(410).body("type", equalTo("/problems/gone"))
        .body("detail", containsString("text account"));
    post("/tickets/" + ticket + "/forwards", Map.of("to", List.of(Map.of("address", "anna@customer.example")))).statusCode(410);
    assertThat(desk.get("/tickets/{id}", solved).getString("interrupted")).isNull();
    assertThat(desk.get("/tickets?interrupted=true").getList("items.id", UUID.class)).containsExactly(ticket);
    assertThat(desk.get("/tickets?interrupted=false").getList("items.id", UUID.class)).containsExactly(solved);
  }

  @Test
  void itCanBeEndedOrMoved() { // WX-13
    var ended = byText("+4915112345678");
    var moved = byText("+4915112345679");
    var goesOn = byText("+4915112345680");
    deleted();

    Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure", ended).then().statusCode(200).body("interrupted", equalTo(null));
    desk.patch(moved, Map.of("queueId", desk.queue("Other", null))).statusCode(200).body("interrupted", equalTo(null));
    Desk.as(desk.admin).delete("/api/v1/tickets/{id}/interruption", goesOn).then().statusCode(204);

    for (var ticket : List.of(moved, goesOn)) {
      assertThat(kinds(ticket)).contains("ticket.resumed");
      desk.reply(ticket, Map.of("text", "x", "to", List.of(Map.of("address", "anna@customer.example")))).statusCode(202);
    }
  }

  @Test
  void whatIsConnectedAnewLetsItsTicketsGoOn() { // WX-13
    var ticket = byText("+4915112345678");
    deleted();

    account = connected();

    assertThat(desk.get("/tickets/{id}", ticket).getString("interrupted")).isNull();
    desk.reply(ticket, Map.of("text", "x", "channel", "text")).statusCode(202);
  }

  @Test
  void aMailboxThatIsDisconnectedInterruptsItsTickets() { // WX-13
    var mailbox = post("/mailboxes", provider.wish(SUPPORT)).statusCode(201).extract().jsonPath();
    var ticket = UUID.fromString(pushed(mailbox.getString("inboundChannelId")));

    Desk.as(desk.admin).delete("/api/v1/mailboxes/" + mailbox.getString("id")).then().statusCode(204);

    assertThat(desk.get("/tickets/{id}", ticket).getString("interrupted.by")).isEqualTo("mailbox");
    desk.reply(ticket, Map.of("text", "x")).statusCode(410);
  }

  private String pushed(String channel) {
    var mail = SampleMail.from("Anna <anna@customer.example>").to(SUPPORT).subject("By the mailbox").bytes();
    String id = Desk.as(desk.admin).contentType("message/rfc822").body(mail).post("/api/v1/inbound-channels/" + channel + "/mails").then().statusCode(202).extract().path("id");
    return await().until(() -> desk.get("/inbound-mails/{id}", id).getString("ticketId"), found -> found != null);
  }
}
