package dev.posthorn.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.feed.Receiver.Call;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class WebhookTest {
  @Inject Journal journal;

  @Test
  void anEventIsToldSigned() throws Exception {
    var tenant = FoundedTenant.found();
    try (var receiver = new Receiver()) {
      var made = tenant.post("webhooks", Map.of("url", receiver.url(), "events", List.of("thing.*"))).statusCode(201)
          .body("secret", startsWith("whsec_")).extract().jsonPath();
      happens(tenant, "other.one");
      happens(tenant, "thing.one");

      await().until(() -> !receiver.calls().isEmpty());
      var call = receiver.calls().getFirst();
      var body = new ObjectMapper().readTree(call.body());
      assertThat(body.get("type").asText()).isEqualTo("thing.one");
      assertThat(body.get("data").get("details").get("number").asInt()).isEqualTo(7);
      assertThat(body.get("data").get("id").asText()).isEqualTo(call.header("webhook-id"));
      assertThat(call.header("webhook-signature")).isEqualTo(signature(made.getString("secret"), call));
      await().untilAsserted(() -> assertThat(deliveries(tenant, made.getString("id")).getList("items.state")).containsExactly("delivered"));
      tenant.get("webhooks/" + made.getString("id")).body("secret", equalTo(null)).body("active", equalTo(true));
    }
  }

  @Test
  void whatFailsIsTriedAgainAsTheSame() throws Exception {
    var tenant = FoundedTenant.found();
    try (var receiver = new Receiver().answers(500, 503)) {
      var id = webhook(tenant, receiver);
      happens(tenant, "thing.one");

      await().until(() -> receiver.calls().size() == 3);
      assertThat(receiver.calls()).extracting(call -> call.header("webhook-id")).containsOnly(receiver.calls().getFirst().header("webhook-id"));
      await().untilAsserted(() -> assertThat(deliveries(tenant, id).getString("items[0].state")).isEqualTo("delivered"));
      assertThat(deliveries(tenant, id).getInt("items[0].attempts")).isEqualTo(3);
    }
  }

  @Test
  void whatFailsForGoodIsKeptAndReplayed() throws Exception {
    var tenant = FoundedTenant.found();
    try (var receiver = new Receiver().always(500)) {
      var id = webhook(tenant, receiver);
      happens(tenant, "thing.one");
      await().untilAsserted(() -> assertThat(deliveries(tenant, id).getList("items.state")).containsExactly("failed"));
      var failed = deliveries(tenant, id);
      assertThat(failed.getInt("items[0].lastStatus")).isEqualTo(500);
      assertThat(failed.getString("items[0].lastError")).isEqualTo("it is full");

      receiver.always(200);
      tenant.post("webhooks/" + id + "/deliveries/" + failed.getString("items[0].id") + "/replay", Map.of()).statusCode(202).body("state", equalTo("pending"));

      await().untilAsserted(() -> assertThat(deliveries(tenant, id).getList("items.state")).containsExactly("delivered"));
    }
  }

  @Test
  void aServerThatIsGoneIsNotAskedAgain() throws Exception {
    var tenant = FoundedTenant.found();
    try (var receiver = new Receiver().always(410)) {
      var id = webhook(tenant, receiver);
      happens(tenant, "thing.one");

      await().untilAsserted(() -> tenant.get("webhooks/" + id).body("active", equalTo(false)));
      assertThat(receiver.calls()).hasSize(1);
    }
  }

  @Test
  void whatHappensWhileItIsOffIsToldLater() throws Exception {
    var tenant = FoundedTenant.found();
    try (var receiver = new Receiver()) {
      var id = webhook(tenant, receiver);
      tenant.patch("webhooks/" + id, Map.of("active", false)).statusCode(200);
      for (int number = 0; number < 30; number++) {
        happens(tenant, "thing.number" + (char) ('a' + number % 26));
      }
      tenant.patch("webhooks/" + id, Map.of("active", true)).statusCode(200);

      await().untilAsserted(() -> assertThat(new HashSet<>(receiver.calls().stream().map(call -> call.header("webhook-id")).toList())).hasSize(30));
    }
  }

  @Test
  void aServerInsideIsNotReached() {
    var tenant = FoundedTenant.found();
    String id = tenant.made("webhooks", Map.of("url", "http://10.255.255.1/", "events", List.of("*")));
    happens(tenant, "thing.one");

    await().untilAsserted(() -> assertThat(deliveries(tenant, id).getString("items[0].lastError")).contains("10.255.255.1"));
    assertThat(deliveries(tenant, id).getString("items[0].lastStatus")).isNull();
  }

  @Test
  void anotherTenantsEventsAreNotTold() throws Exception {
    var tenant = FoundedTenant.found();
    var stranger = FoundedTenant.found();
    try (var receiver = new Receiver()) {
      webhook(tenant, receiver);
      happens(stranger, "thing.strange");
      happens(tenant, "thing.own");

      await().until(() -> !receiver.calls().isEmpty());
      assertThat(receiver.calls()).allSatisfy(call -> assertThat(new String(call.body())).contains("thing.own"));
    }
  }

  @Test
  void whatIsNoServerOrNoKindOfEventIsRefused() {
    var tenant = FoundedTenant.found();

    for (var url : List.of("ftp://example.com/", "https://user@example.com/", "https:///path", "not a url", "https://example.com/#part")) {
      tenant.post("webhooks", Map.of("url", url, "events", List.of("*"))).statusCode(422).body("errors[0].pointer", equalTo("/url"));
    }
    tenant.post("webhooks", Map.of("url", "https://example.com/", "events", List.of("Every thing"))).statusCode(400)
        .body("errors[0].pointer", containsString("/events"));
    tenant.post("webhooks", Map.of("url", "https://example.com/", "events", List.of())).statusCode(400).body("status", not(equalTo(500)));
  }

  @Test
  void aWorkflowIsRunByWhoeverIsToldOfIt() throws Exception { // WX-17
    var tenant = FoundedTenant.found();
    FoundedTenant.as(tenant.adminKey()).contentType("message/rfc822").body("From: c@customer.example\r\nSubject: Refund\r\n\r\nPlease\r\n".getBytes())
        .post("/api/v1/inbound-channels/" + tenant.first("inbound-channels") + "/mails").then().statusCode(202);
    await().until(() -> tenant.first("tickets") != null);
    var ticket = tenant.first("tickets");
    var wish = Map.of("workflow", "refund", "input", Map.of("amount", "12.50"));
    tenant.post("tickets/" + ticket + "/workflow-runs", wish).statusCode(422);
    try (var receiver = new Receiver()) {
      tenant.made("webhooks", Map.of("url", receiver.url(), "events", List.of("workflow.requested")));

      var run = tenant.post("tickets/" + ticket + "/workflow-runs", wish).statusCode(202).extract().jsonPath();

      await().until(() -> !receiver.calls().isEmpty());
      assertThat(receiver.calls().getFirst().header("webhook-id")).isEqualTo(run.getString("id"));
      var body = new ObjectMapper().readTree(receiver.calls().getFirst().body());
      assertThat(body.at("/data/ticketId").asText()).isEqualTo(ticket);
      assertThat(body.at("/data/details/input/amount").asText()).isEqualTo("12.50");
      tenant.get("tickets/" + ticket + "/timeline").body("items.event.kind", hasItem("workflow.requested"));
    }
  }

  private static String webhook(FoundedTenant tenant, Receiver receiver) {
    return tenant.made("webhooks", Map.of("url", receiver.url(), "events", List.of("thing.*")));
  }

  private static JsonPath deliveries(FoundedTenant tenant, String webhook) {
    return tenant.get("webhooks/" + webhook + "/deliveries").statusCode(200).extract().jsonPath();
  }

  private void happens(FoundedTenant tenant, String kind) {
    tenant.in(() -> {
      journal.tenant(kind, Actor.SYSTEM, Map.of("number", 7));
      return null;
    });
  }

  /// As the receiver computes it, from the specification alone.
  private static String signature(String secret, Call call) throws Exception {
    var signed = new ByteArrayOutputStream();
    signed.write((call.header("webhook-id") + "." + call.header("webhook-timestamp") + ".").getBytes());
    signed.write(call.body());
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()));
  }
}
