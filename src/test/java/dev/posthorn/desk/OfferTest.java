package dev.posthorn.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.FoundedTenant.Person;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tickets that are offered to whoever is there.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class OfferTest {
  private FoundedTenant tenant;
  private String inbox;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
    inbox = tenant.first("queues");
    tenant.patch("queues/" + inbox, Map.of("offerTimeoutSeconds", 600)).statusCode(200);
  }

  private Person agent(String name) {
    var person = tenant.person(Role.AGENT, name);
    tenant.patch("agents/" + person.agentId(), Map.of("queueIds", List.of(inbox))).statusCode(200);
    return person;
  }

  private static void is(Person person, String state, Integer capacity) {
    var wish = new HashMap<String, Object>(Map.of("state", state));
    wish.put("capacity", capacity);
    person.call().body(wish).put("/api/v1/agents/" + person.agentId() + "/state").then().statusCode(200).body("state", equalTo(state));
  }

  private String ticket(String subject) {
    return tenant.post("tickets", Map.of("subject", subject, "requester", Map.of("name", "Anna Example", "email", "anna@customer.example")))
        .statusCode(201).extract().path("id");
  }

  private static JsonPath offers(Person person) {
    return person.call().get("/api/v1/offers").then().statusCode(200).extract().jsonPath();
  }

  private static JsonPath offered(Person person, int count) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> offers(person), offers -> offers.getList("items").size() == count);
  }

  /// As if the time of every pending offer were over.
  private void timePasses() {
    tenant.in(() -> CDI.current().select(Offers.class).get().update("expiresAt = ?1 where state = 'pending'", Instant.now().minusSeconds(1)));
  }

  private String state(Person person) {
    return tenant.get("agents/" + person.agentId()).extract().path("state");
  }

  @Test
  void whoIsThereIsOfferedTheOldestTicketWithAllThereIsToKnow() { // WX-02, WX-03, WX-04
    var absent = agent("olga");
    var ada = agent("ada");
    var first = ticket("Heating");
    ticket("Cooling");
    is(ada, "available", 1);

    var offer = offered(ada, 1);

    assertThat(offer.getString("items[0].ticketId")).isEqualTo(first);
    assertThat(offer.getString("items[0].subject")).isEqualTo("Heating");
    assertThat(offer.getMap("items[0].customer")).isEqualTo(Map.of("name", "Anna Example", "email", "anna@customer.example"));
    assertThat(offer.getString("items[0].queue.name")).isEqualTo("Inbox");
    assertThat(offer.getString("items[0].waitingSince")).isEqualTo(tenant.get("tickets/" + first).extract().path("createdAt"));
    assertThat(offers(absent).getList("items")).isEmpty();
  }

  @Test
  void acceptingAssignsOnce() { // WX-07
    var ada = agent("ada");
    var ticket = ticket("Heating");
    is(ada, "available", 1);
    var offer = offered(ada, 1).getString("items[0].id");

    ada.call().post("/api/v1/offers/" + offer + "/acceptance").then().statusCode(200).body("state", equalTo("accepted"));

    tenant.get("tickets/" + ticket).body("assigneeId", equalTo(ada.agentId().toString()));
    ada.call().post("/api/v1/offers/" + offer + "/acceptance").then().statusCode(409);
    ada.call().post("/api/v1/offers/" + offer + "/rejection").then().statusCode(409);
    // Full is full: the next one waits.
    ticket("Cooling");
    assertThat(offers(ada).getList("items")).isEmpty();
  }

  @Test
  void anOfferThatIsLetPassGoesBackToTheHead() { // WX-05, WX-06
    var ada = agent("ada");
    var first = ticket("Heating");
    ticket("Cooling");
    is(ada, "available", 1);
    var offer = offered(ada, 1).getString("items[0].id");

    timePasses();

    await().atMost(Duration.ofSeconds(30)).until(() -> state(ada), "rona"::equals);
    assertThat(offers(ada).getList("items")).isEmpty();
    ada.call().post("/api/v1/offers/" + offer + "/acceptance").then().statusCode(409);
    ada.call().get("/api/v1/offers/" + offer).then().statusCode(200).body("state", equalTo("timed-out"));
    // Somebody else gets the very ticket, before the younger one; who let it pass gets none until there again.
    var ben = agent("ben");
    is(ben, "available", 1);
    assertThat(offered(ben, 1).getString("items[0].ticketId")).isEqualTo(first);
    assertThat(offers(ada).getList("items")).isEmpty();
    is(ada, "available", 1);
    assertThat(offered(ada, 1).getString("items[0].subject")).isEqualTo("Cooling");
  }

  @Test
  void whatIsRejectedIsOfferedToOthers() { // WX-06
    var ada = agent("ada");
    var ticket = ticket("Heating");
    is(ada, "available", 1);
    var offer = offered(ada, 1).getString("items[0].id");

    ada.call().post("/api/v1/offers/" + offer + "/rejection").then().statusCode(200).body("state", equalTo("rejected"));

    var ben = agent("ben");
    is(ben, "available", 1);
    assertThat(offered(ben, 1).getString("items[0].ticketId")).isEqualTo(ticket);
    assertThat(state(ada)).isEqualTo("available");
    assertThat(offers(ada).getList("items")).isEmpty();
  }

  @Test
  void whoLeavesIsOfferedNothing() { // WX-04
    var ada = agent("ada");
    ticket("Heating");
    is(ada, "available", 1);
    offered(ada, 1);

    is(ada, "offline", 1);

    assertThat(offers(ada).getList("items")).isEmpty();
    var ben = agent("ben");
    is(ben, "available", 1);
    offered(ben, 1);
    assertThat(offers(ada).getList("items")).isEmpty();
  }

  @Test
  void aTicketThatSomebodyTookIsOfferedToNobody() { // WX-07
    var ada = agent("ada");
    var ben = agent("ben");
    var ticket = ticket("Heating");
    is(ada, "available", 1);
    var offer = offered(ada, 1).getString("items[0].id");

    tenant.asAdmin().body(Map.of("agentId", ben.agentId())).put("/api/v1/tickets/" + ticket + "/assignee").then().statusCode(200);

    ada.call().post("/api/v1/offers/" + offer + "/acceptance").then().statusCode(409);
    offered(ada, 0);
  }

  @Test
  void nobodyAnswersForOthersOrSaysThatTheyAreThere() {
    var ada = agent("ada");
    var ben = agent("ben");
    ticket("Heating");
    is(ada, "available", 1);
    var offer = offered(ada, 1).getString("items[0].id");

    ben.call().post("/api/v1/offers/" + offer + "/acceptance").then().statusCode(404);
    tenant.post("offers/" + offer + "/acceptance", Map.of()).statusCode(403);
    ben.call().body(Map.of("state", "available")).put("/api/v1/agents/" + ada.agentId() + "/state").then().statusCode(403);
    ada.call().body(Map.of("state", "rona")).put("/api/v1/agents/" + ada.agentId() + "/state").then().statusCode(400);
    ada.call().body(Map.of("state", "asleep")).put("/api/v1/agents/" + ada.agentId() + "/state").then().statusCode(400);
    tenant.get("agents/" + UUID.randomUUID() + "/state").statusCode(404);
  }

  @Test
  void whereNothingIsOfferedTicketsAreTakenByHand() {
    tenant.asAdmin().contentType("application/merge-patch+json").body("{\"offerTimeoutSeconds\": null}").patch("/api/v1/queues/" + inbox).then().statusCode(200);
    var other = tenant.made("queues", Map.of("name", "Other", "offerTimeoutSeconds", 60));
    var ada = tenant.person(Role.AGENT, "ada");
    tenant.patch("agents/" + ada.agentId(), Map.of("queueIds", List.of(inbox, other))).statusCode(200);
    ticket("By hand");
    is(ada, "available", null);
    tenant.post("tickets", Map.of("subject", "Offered", "queueId", other, "requester", Map.of("email", "anna@customer.example"))).statusCode(201);

    assertThat(offered(ada, 1).getString("items[0].subject")).isEqualTo("Offered");
  }
}
