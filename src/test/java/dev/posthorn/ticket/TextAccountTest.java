package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
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
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What leaves by a text account, what its gateway says of that, and the accounts themselves.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TextAccountTest {
  private static final String ANNA = Texting.ANNA;

  private Texting texting;
  private Desk desk;

  @BeforeEach
  void open() {
    texting = new Texting();
    desk = texting.desk;
  }

  @AfterEach
  void close() {
    texting.close();
  }

  @Test
  void aTextIsGivenToTheGatewaySigned() throws Exception { // EH-06
    var ticket = desk.ticket();
    texting.phone(ticket, ANNA);

    var text = texting.replied(ticket, Map.of("text", " It is done. ", "channel", "text"));

    texting.becomes(text, "sent");
    var given = texting.gateway.given().getFirst();
    assertThat(given.json().get("type").asText()).isEqualTo("text.send");
    assertThat(given.json().get("data").get("to").asText()).isEqualTo(ANNA);
    assertThat(given.json().get("data").get("from").asText()).isEqualTo("+41446681800");
    assertThat(given.json().get("data").get("text").asText()).isEqualTo("It is done.");
    assertThat(given.json().get("data").get("segments").asInt()).isEqualTo(1);
    assertThat(given.header("webhook-signature")).isEqualTo(signature(given));
    assertThat(desk.get("/messages/{id}", text).getString("outboundChannel.id")).isEqualTo(texting.account);
    assertThat(Desk.as(desk.admin).get("/api/v1/messages/{id}/raw", text).then().statusCode(200).extract().asString()).isEqualTo("It is done.");
    assertThat(desk.get("/messages/{id}/trace", text).getList("steps.step")).containsExactly("queued", "attempted", "sent");
  }

  private String signature(Gateway.Given given) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(texting.secret.substring("whsec_".length())), "HmacSHA256"));
    mac.update((given.header("webhook-id") + "." + given.header("webhook-timestamp") + ".").getBytes());
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(given.body()));
  }

  @Test
  void aGatewayInTroubleIsTriedAgainWithTheSameId() {
    texting.gateway.says(503, 500);
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");

    var text = texting.replied(ticket, Map.of("text", "Hello", "channel", "text"));

    texting.becomes(text, "sent");
    assertThat(texting.gateway.given()).hasSize(3);
    assertThat(texting.gateway.given()).extracting(given -> given.header("webhook-id")).containsOnly(texting.gateway.given().getFirst().header("webhook-id"));
    assertThat(desk.get("/accounts").getString("items.find { it.channel == 'text' }.state")).isEqualTo("connected");
  }

  @Test
  void whatTheGatewayRefusesIsSeenAtOnce() {
    texting.gateway.says(422);
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");

    var text = texting.replied(ticket, Map.of("text", "Hello", "channel", "text", "status", "solved"));

    texting.becomes(text, "failed");
    assertThat(desk.get("/messages/{id}", text).getString("delivery.lastError")).contains("not in service");
    assertThat(desk.get("/tickets/{id}", ticket).getString("statusKind")).isEqualTo("open");
    assertThat(desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind")).contains("message.failed");
    assertThat(texting.gateway.given()).hasSize(1);
  }

  @Test
  void aReceiptSaysWhetherATextArrived() {
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");
    var arrived = texting.replied(ticket, Map.of("text", "Hello", "channel", "text"));
    var lost = texting.replied(ticket, Map.of("text", "Hello again", "channel", "text"));
    await().until(() -> texting.state(arrived).equals("sent") && texting.state(lost).equals("sent"));
    var ids = texting.gateway.given().stream().collect(Collectors.toMap(given -> given.json().get("data").get("text").asText(), given -> given.header("webhook-id")));

    receipt(Map.of("textId", ids.get("Hello"), "state", "delivered")).statusCode(204);
    receipt(Map.of("textId", ids.get("Hello"), "state", "failed")).statusCode(204);
    receipt(Map.of("textId", ids.get("Hello again"), "state", "failed", "error", "Handset is off")).statusCode(204);
    receipt(Map.of("textId", UUID.randomUUID(), "state", "delivered")).statusCode(422);

    assertThat(texting.state(arrived)).isEqualTo("delivered");
    assertThat(texting.state(lost)).isEqualTo("failed");
    assertThat(desk.get("/messages/{id}", lost).getString("delivery.lastError")).isEqualTo("Handset is off");
  }

  private ValidatableResponse receipt(Map<String, ?> body) {
    return texting.post("/inbound-channels/" + texting.channel + "/text-receipts", body);
  }

  @Test
  void aTextThatWaitsCanBeTakenBack() {
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");
    var text = texting.replied(ticket, Map.of("text", "Later", "channel", "text", "sendAt", Instant.now().plus(Duration.ofHours(1)).toString()));

    Desk.as(desk.admin).delete("/api/v1/messages/{id}", text).then().statusCode(204);

    assertThat(desk.get("/tickets/{id}/messages?count=true", ticket).getInt("total")).isEqualTo(1);
    assertThat(texting.gateway.given()).isEmpty();
  }

  @Test
  void mailAndTextAccountsStandInOneList() { // TH-46
    JsonPath accounts;
    try (var provider = Provider.start().with("support@acme.example")) {
      texting.post("/mailboxes", provider.wish("support@acme.example")).statusCode(201);

      accounts = desk.get("/accounts?count=true");
    }

    assertThat(accounts.getInt("total")).isEqualTo(2);
    assertThat(accounts.getMap("items[1]")).containsEntry("channel", "email").containsEntry("address", "support@acme.example");
    assertThat(accounts.getMap("items[0]")).containsEntry("channel", "text").containsEntry("address", "+41446681800").containsEntry("state", "connected")
        .containsEntry("path", "/api/v1/text-accounts/" + texting.account);
    Desk.as(desk.key(Role.AGENT, desk.agent("ada", Role.AGENT))).get("/api/v1/accounts").then().statusCode(403);
  }

  @Test
  void anAccountIsPausedChangedAndDeleted() {
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("active", false)).patch("/api/v1/text-accounts/" + texting.account).then().statusCode(200)
        .body("state", equalTo("paused"));
    var text = texting.replied(ticket, Map.of("text", "Hello", "channel", "text"));
    texting.becomes(text, "deferred");
    texting.post("/text-accounts", Map.of("name", "Other", "number", "+41446681800", "teamId", desk.lodger.teamId(), "gatewayUrl", texting.gateway.url())).statusCode(409);
    texting.post("/text-accounts", Map.of("name", "Other", "number", "+41446681801", "teamId", desk.lodger.teamId(), "gatewayUrl", "ftp://x")).statusCode(422);

    Desk.as(desk.admin).delete("/api/v1/text-accounts/" + texting.account).then().statusCode(204);

    texting.becomes(text, "failed");
    assertThat(texting.gateway.given()).isEmpty();
    Desk.as(desk.admin).get("/api/v1/text-accounts/" + texting.account).then().statusCode(404);
  }
}
