package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.Gateway;
import dev.posthorn.support.Provider;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Text messages beside mail, in the same tickets.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TextTest {
  private static final String ANNA = "+4915112345678";

  private final Desk desk = new Desk();
  private Gateway gateway = new Gateway();
  private String secret;
  private String channel;
  private String account;

  @AfterEach
  void close() {
    gateway.close();
  }

  private static ValidatableResponse post(String key, String path, Object body) {
    return Desk.as(key).contentType("application/json").body(body).post("/api/v1" + path).then();
  }

  private void connected(Integer... answers) {
    gateway.close();
    gateway = new Gateway(answers);
    JsonPath made = post(desk.admin, "/text-accounts", Map.of("name", "Mobile", "number", "+41 44 668 18 00", "teamId", desk.lodger.teamId(), "gatewayUrl", gateway.url()))
        .statusCode(201).extract().jsonPath();
    secret = made.getString("secret");
    channel = made.getString("inboundChannelId");
    account = made.getString("id");
  }

  private JsonPath arrives(String id, String from, String text) {
    return post(desk.admin, "/inbound-channels/" + channel + "/texts", Map.of("id", id, "from", from, "text", text)).statusCode(202).extract().jsonPath();
  }

  private UUID replied(UUID ticket, Map<String, ?> body) {
    return desk.reply(ticket, body).statusCode(202).extract().jsonPath().getUUID("id");
  }

  private String state(UUID message) {
    return desk.get("/messages/{id}", message).getString("delivery.state");
  }

  private void phone(UUID ticket, String... numbers) {
    var contact = desk.get("/tickets/{id}", ticket).getString("requester.contactId");
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("phones", List.of(numbers))).patch("/api/v1/contacts/" + contact).then().statusCode(200);
  }

  @Test
  void mailAndTextStandInOneTimelineEachWithItsChannel() { // EH-05, EH-06
    connected();
    var ticket = desk.ticket();
    phone(ticket, ANNA);
    replied(ticket, Map.of("text", "By mail."));
    var text = replied(ticket, Map.of("text", "By text.", "channel", "text"));
    await().until(() -> state(text).equals("sent"));
    arrives("g1", "+49 151 12345678", "Thanks!");

    var messages = desk.get("/tickets/{id}/timeline", ticket).getList("items.message", Map.class).stream().filter(message -> message != null).toList();
    assertThat(messages).extracting(message -> message.get("direction") + " " + message.get("channel"))
        .containsExactly("inbound email", "outbound email", "outbound text", "inbound text");
    assertThat(messages).extracting(message -> message.get("text")).endsWith("By text.", "Thanks!");
    assertThat(desk.get("/tickets/{id}", ticket).getBoolean("unanswered")).isTrue();
  }

  @Test
  void aTextIsGivenToTheGatewaySigned() throws Exception { // EH-06
    connected();
    var ticket = desk.ticket();
    phone(ticket, ANNA);

    var text = replied(ticket, Map.of("text", " It is done. ", "channel", "text"));

    await().until(() -> state(text).equals("sent"));
    var given = gateway.given().getFirst();
    assertThat(given.json().get("type").asText()).isEqualTo("text.send");
    assertThat(given.json().get("data").get("to").asText()).isEqualTo(ANNA);
    assertThat(given.json().get("data").get("from").asText()).isEqualTo("+41446681800");
    assertThat(given.json().get("data").get("text").asText()).isEqualTo("It is done.");
    assertThat(given.json().get("data").get("segments").asInt()).isEqualTo(1);
    assertThat(given.header("webhook-signature")).isEqualTo(signature(given));
    assertThat(desk.get("/messages/{id}", text).getString("outboundChannel.id")).isEqualTo(account);
    assertThat(Desk.as(desk.admin).get("/api/v1/messages/{id}/raw", text).then().statusCode(200).extract().asString()).isEqualTo("It is done.");
    assertThat(desk.get("/messages/{id}/trace", text).getList("steps.step")).containsExactly("queued", "attempted", "sent");
  }

  private String signature(Gateway.Given given) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
    mac.update((given.header("webhook-id") + "." + given.header("webhook-timestamp") + ".").getBytes());
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(given.body()));
  }

  @Test
  void whoHasNoPhoneGetsOnlyMail() { // EH-07
    connected();
    var ticket = desk.ticket();

    assertThat(desk.get("/tickets/{id}/reply-options", ticket).getMap("ways.find { it.channel == 'text' }")).containsEntry("possible", false);
    desk.reply(ticket, Map.of("text", "x", "channel", "text")).statusCode(422).body("type", equalTo("/problems/contact-has-no-phone"));
    phone(ticket, ANNA);
    assertThat(desk.get("/tickets/{id}/reply-options", ticket).getMap("ways.find { it.channel == 'text' }")).containsEntry("possible", true);
    assertThat(desk.get("/tickets/{id}/reply-options", ticket).getMap("ways.find { it.channel == 'email' }")).containsEntry("possible", true);
  }

  @Test
  void withoutAnAccountNoTextLeaves() { // EH-07
    var ticket = desk.ticket();
    phone(ticket, ANNA);

    assertThat(desk.get("/tickets/{id}/reply-options", ticket).getString("ways.find { it.channel == 'text' }.reason")).contains("account");
    desk.reply(ticket, Map.of("text", "x", "channel", "text")).statusCode(422).body("errors[0].pointer", equalTo("/channel"));
    desk.reply(ticket, Map.of("text", "x", "channel", "pigeon")).statusCode(422);
  }

  @Test
  void aTextOpensATicketAndTheNextOnesJoinIt() {
    connected();
    var first = arrives("1", ANNA, "The lift is stuck\nagain");
    var ticket = first.getUUID("ticketId");
    var second = arrives("2", "+49 151 1234 5678", "Third floor");
    var again = arrives("1", ANNA, "The lift is stuck\nagain");

    assertThat(first.getString("outcome")).isEqualTo("stored");
    assertThat(second.getUUID("ticketId")).isEqualTo(ticket);
    assertThat(again.getString("outcome")).isEqualTo("duplicate");
    assertThat(again.getUUID("messageId")).isEqualTo(first.getUUID("messageId"));
    assertThat(desk.get("/tickets/{id}", ticket).getString("subject")).isEqualTo("The lift is stuck again");
    assertThat(desk.get("/tickets/{id}", ticket).getString("requester.name")).isEqualTo(ANNA);
    assertThat(desk.get("/tickets/{id}/messages?count=true", ticket).getInt("total")).isEqualTo(2);
    assertThat(arrives("3", "+49 151 99999999", "Other").getUUID("ticketId")).isNotEqualTo(ticket);
  }

  @Test
  void afterTheEndOfATicketATextOpensAnother() {
    connected();
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");
    Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure", ticket).then().statusCode(200);

    var other = arrives("2", ANNA, "Two").getUUID("ticketId");

    assertThat(other).isNotEqualTo(ticket);
    assertThat(desk.get("/tickets/{id}", other).getUUID("followsTicketId")).isEqualTo(ticket);
    desk.reply(ticket, Map.of("text", "x", "channel", "text")).statusCode(409).body("type", equalTo("/problems/ticket-closed"));
  }

  @Test
  void aTextJoinsTheTicketInWhichItsOwnGoesOn() {
    connected();
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");
    var target = desk.ticket();
    post(desk.admin, "/tickets/" + ticket + "/merges", Map.of("intoTicketId", target)).statusCode(200);

    assertThat(arrives("2", ANNA, "Two").getUUID("ticketId")).isEqualTo(target);
  }

  @Test
  void whoOnlyWroteTextsIsAnsweredByTextAndNotByMail() { // EH-03, EH-06
    connected();
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");

    desk.reply(ticket, Map.of("text", "x")).statusCode(422).body("type", equalTo("/problems/contact-has-no-email"));
    var mail = replied(ticket, Map.of("text", "By mail.", "to", List.of(Map.of("address", "anna@customer.example"))));
    var text = replied(ticket, Map.of("text", "By text.", "channel", "text"));

    assertThat(desk.sent(mail).subject()).isEqualTo("One");
    assertThat(desk.get("/messages/{id}", text).getString("to[0].address")).isEqualTo(ANNA);
    assertThat(desk.get("/messages/{id}", text).getString("outboundChannel.chosenBy")).isEqualTo("conversation");
    await().until(() -> state(text).equals("sent"));
  }

  @Test
  void aGatewayInTroubleIsTriedAgainWithTheSameId() {
    connected(503, 500);
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");

    var text = replied(ticket, Map.of("text", "Hello", "channel", "text"));

    await().until(() -> state(text).equals("sent"));
    assertThat(gateway.given()).hasSize(3);
    assertThat(gateway.given()).extracting(given -> given.header("webhook-id")).containsOnly(gateway.given().getFirst().header("webhook-id"));
    assertThat(desk.get("/accounts").getString("items.find { it.channel == 'text' }.state")).isEqualTo("connected");
  }

  @Test
  void whatTheGatewayRefusesIsSeenAtOnce() {
    connected(422);
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");

    var text = replied(ticket, Map.of("text", "Hello", "channel", "text", "status", "solved"));

    await().until(() -> state(text).equals("failed"));
    assertThat(desk.get("/messages/{id}", text).getString("delivery.lastError")).contains("not in service");
    assertThat(desk.get("/tickets/{id}", ticket).getString("statusKind")).isEqualTo("open");
    assertThat(desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind")).contains("message.failed");
    assertThat(gateway.given()).hasSize(1);
  }

  @Test
  void aReceiptSaysWhetherATextArrived() {
    connected();
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");
    var arrived = replied(ticket, Map.of("text", "Hello", "channel", "text"));
    var lost = replied(ticket, Map.of("text", "Hello again", "channel", "text"));
    await().until(() -> state(arrived).equals("sent") && state(lost).equals("sent"));
    var ids = gateway.given().stream().collect(Collectors.toMap(given -> given.json().get("data").get("text").asText(), given -> given.header("webhook-id")));

    receipt(Map.of("textId", ids.get("Hello"), "state", "delivered")).statusCode(204);
    receipt(Map.of("textId", ids.get("Hello"), "state", "failed")).statusCode(204);
    receipt(Map.of("textId", ids.get("Hello again"), "state", "failed", "error", "Handset is off")).statusCode(204);
    receipt(Map.of("textId", UUID.randomUUID(), "state", "delivered")).statusCode(422);

    assertThat(state(arrived)).isEqualTo("delivered");
    assertThat(state(lost)).isEqualTo("failed");
    assertThat(desk.get("/messages/{id}", lost).getString("delivery.lastError")).isEqualTo("Handset is off");
  }

  private ValidatableResponse receipt(Map<String, ?> body) {
    return post(desk.admin, "/inbound-channels/" + channel + "/text-receipts", body);
  }

  @Test
  void aTextThatIsTooLongOrMoreThanTextIsRefused() {
    connected();
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");

    desk.reply(ticket, Map.of("text", "x".repeat(1531), "channel", "text")).statusCode(422).body("errors[0].pointer", equalTo("/text"))
        .body("detail", containsString("11 text messages"));
    desk.reply(ticket, Map.of("html", "<p>x</p>", "channel", "text")).statusCode(422).body("errors[0].pointer", equalTo("/html"));
    desk.reply(ticket, Map.of("text", "x", "replyAll", true, "channel", "text")).statusCode(422).body("errors[0].pointer", equalTo("/replyAll"));
    desk.reply(ticket, Map.of("text", "x", "cc", List.of(Map.of("address", "a@b.example")), "channel", "text")).statusCode(422);
    desk.reply(ticket, Map.of("text", "x", "to", List.of(Map.of("address", "a@b.example")), "channel", "text")).statusCode(422).body("errors[0].pointer", equalTo("/to/0/address"));
    post(desk.admin, "/inbound-channels/" + channel + "/texts", Map.of("id", "9", "from", ANNA, "text", "x".repeat(10_001))).statusCode(400);
  }

  @Test
  void aTextThatWaitsCanBeTakenBack() {
    connected();
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");
    var text = replied(ticket, Map.of("text", "Later", "channel", "text", "sendAt", Instant.now().plus(Duration.ofHours(1)).toString()));

    Desk.as(desk.admin).delete("/api/v1/messages/{id}", text).then().statusCode(204);

    assertThat(desk.get("/tickets/{id}/messages?count=true", ticket).getInt("total")).isEqualTo(1);
    assertThat(gateway.given()).isEmpty();
  }

  @Test
  void mailAndTextAccountsStandInOneList() { // TH-46
    JsonPath accounts;
    try (var provider = Provider.start().with("support@acme.example")) {
      post(desk.admin, "/mailboxes", provider.wish("support@acme.example")).statusCode(201);
      connected();

      accounts = desk.get("/accounts?count=true");
    }

    assertThat(accounts.getInt("total")).isEqualTo(2);
    assertThat(accounts.getMap("items[0]")).containsEntry("channel", "email").containsEntry("address", "support@acme.example");
    assertThat(accounts.getMap("items[1]")).containsEntry("channel", "text").containsEntry("address", "+41446681800").containsEntry("state", "connected")
        .containsEntry("path", "/api/v1/text-accounts/" + account);
    Desk.as(desk.key(Role.AGENT, desk.agent("ada", Role.AGENT))).get("/api/v1/accounts").then().statusCode(403);
  }

  @Test
  void anAccountIsPausedChangedAndDeleted() {
    connected();
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("active", false)).patch("/api/v1/text-accounts/" + account).then().statusCode(200)
        .body("state", equalTo("paused"));
    var text = replied(ticket, Map.of("text", "Hello", "channel", "text"));
    await().until(() -> state(text).equals("deferred"));
    post(desk.admin, "/text-accounts", Map.of("name", "Other", "number", "+41446681800", "teamId", desk.lodger.teamId(), "gatewayUrl", gateway.url())).statusCode(409);
    post(desk.admin, "/text-accounts", Map.of("name", "Other", "number", "+41446681801", "teamId", desk.lodger.teamId(), "gatewayUrl", "ftp://x")).statusCode(422);

    Desk.as(desk.admin).delete("/api/v1/text-accounts/" + account).then().statusCode(204);

    await().until(() -> state(text).equals("failed"));
    assertThat(gateway.given()).isEmpty();
    Desk.as(desk.admin).get("/api/v1/text-accounts/" + account).then().statusCode(404);
  }

  @Test
  void whoRegistersLaterFindsTheEarlierTexts() { // AT-13
    connected();
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");

    var contact = post(desk.admin, "/contacts", Map.of("name", "Anna", "emails", List.of("anna@customer.example"), "phones", List.of("+49 151 12345678"))).statusCode(201)
        .extract().<String>path("id");

    assertThat(desk.get("/tickets/{id}", ticket).getString("requester.contactId")).isEqualTo(contact);
    assertThat(desk.get("/tickets/{id}", ticket).getString("requester.name")).isEqualTo("Anna");
    assertThat(arrives("2", ANNA, "Two").getUUID("ticketId")).isEqualTo(ticket);
    assertThat(desk.get("/contacts").getList("items")).hasSize(1);
  }

  @Test
  void aRequesterSeesTheirTexts() { // EH-05
    connected();
    var ticket = arrives("1", ANNA, "One").getUUID("ticketId");
    replied(ticket, Map.of("text", "Hello", "channel", "text"));
    var contact = desk.get("/tickets/{id}", ticket).getString("requester.contactId");
    var key = post(desk.admin, "/api-keys", Map.of("name", "Anna", "role", "requester", "contactId", contact)).statusCode(201).extract().<String>path("key");

    Desk.as(key).get("/api/v1/tickets/{id}/messages", ticket).then().statusCode(200).body("items.channel", equalTo(List.of("text", "text")));
  }
}
