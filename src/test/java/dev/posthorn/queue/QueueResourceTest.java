package dev.posthorn.queue;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class QueueResourceTest {
  @Inject House house;
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  @Test
  void aNewTenantHasAQueueInbox() { // TH-13
    tenant.get("queues").statusCode(200).body("items.name", contains("Inbox")).body("items[0].teamId", equalTo(tenant.first("teams")));
  }

  @Test
  void aQueueHasNameColourPeopleAndAWayOut() { // OD-24, TH-15, TH-30
    var agent = tenant.person(Role.AGENT, "ann").agentId().toString();
    var via = tenant.first("outbound-channels");

    var id = tenant.made("queues", Map.of("name", "Parts", "color", "#ff0000", "agentIds", List.of(agent), "replyViaId", via, "teamId", tenant.first("teams")));

    tenant.get("queues/" + id).statusCode(200).body("name", equalTo("Parts")).body("color", equalTo("#ff0000"))
        .body("agentIds", contains(agent)).body("replyViaId", equalTo(via)).body("position", equalTo(2));
  }

  @Test
  void queuesStandInTheirOrder() {
    tenant.made("queues", Map.of("name", "Last"));
    tenant.made("queues", Map.of("name", "First", "position", 0));
    tenant.made("queues", Map.of("name", "Beside", "position", 1));

    tenant.get("queues").body("items.name", contains("First", "Inbox", "Beside", "Last"));
    var page = tenant.get("queues?limit=2").body("items.name", contains("First", "Inbox")).extract();
    tenant.get("queues?limit=2&after=" + page.path("next")).body("items.name", contains("Beside", "Last")).body("next", nullValue());
  }

  @Test
  void editsAreGuardedByIfMatch() { // TH-14
    var path = "/api/v1/queues/" + tenant.first("queues");
    var tag = tenant.asAdmin().get(path).then().extract().header("ETag");
    var second = tenant.asAdmin().header("If-Match", tag).body(Map.of("color", "#000000")).patch(path).then().statusCode(200).extract().header("ETag");

    tenant.asAdmin().header("If-Match", tag).body(Map.of("color", "#ffffff")).patch(path).then().statusCode(412);
    tenant.asAdmin().header("If-Match", second).body(Map.of("color", "#ffffff")).patch(path).then().statusCode(200).body("color", equalTo("#ffffff"));
    tenant.asAdmin().header("If-None-Match", second).get(path).then().statusCode(200);
  }

  @Test
  void namesAreUnique() {
    tenant.post("queues", Map.of("name", "inbox")).statusCode(409).body("errors[0].pointer", equalTo("/name"));
  }

  @ParameterizedTest
  @CsvSource({"teamId", "replyViaId"})
  void unknownReferencesAreNamed(String field) {
    tenant.patch("queues/" + tenant.first("queues"), Map.of(field, UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/" + field));
  }

  @Test
  void anUnknownAgentIsNamed() {
    var stranger = FoundedTenant.found().person(Role.AGENT, "eve").agentId();
    tenant.patch("queues/" + tenant.first("queues"), Map.of("agentIds", List.of(stranger))).statusCode(422)
        .body("type", equalTo("/problems/unknown-agent")).body("errors[0].pointer", equalTo("/agentIds"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"red", "#12345", "", "#1234567"})
  void aColourIsAColour(String color) {
    tenant.post("queues", Map.of("name", "Parts", "color", color)).statusCode(400).body("errors[0].pointer", equalTo("/color"));
  }

  @Test
  void whatMustBeThereCannotBeTakenAway() {
    tenant.asAdmin().body("{\"name\":null,\"agentIds\":null}").patch("/api/v1/queues/" + tenant.first("queues")).then().statusCode(400)
        .body("errors.pointer", contains("/agentIds", "/name"));
    tenant.asAdmin().body("{\"position\":null}").patch("/api/v1/queues/" + tenant.first("queues")).then().statusCode(400)
        .body("errors.pointer", contains("/position"));
  }

  @Test
  void anUnusedQueueIsDeleted() {
    var agent = tenant.person(Role.AGENT, "ann").agentId();
    var id = tenant.made("queues", Map.of("name", "Parts", "agentIds", List.of(agent)));
    tenant.delete("queues/" + id).statusCode(204);
    tenant.get("queues/" + id).statusCode(404);
  }

  @Test
  void aQueueInUseStays() {
    tenant.delete("queues/" + tenant.first("queues")).statusCode(409).body("detail", equalTo("A team still needs the queue."));

    var mapped = tenant.made("queues", Map.of("name", "Mapped"));
    var channel = tenant.first("inbound-channels");
    tenant.patch("inbound-channels/" + channel, Map.of("queueId", mapped)).statusCode(200);
    tenant.delete("queues/" + mapped).statusCode(409).body("detail", equalTo("An inbound channel still needs the queue."));

    var lodger = new House.Lodger(tenant.id(), UUID.fromString(channel), null, "support@in.posthorn.example");
    house.filed(lodger, SampleMail.from("anna@customer.example").bytes());
    tenant.asAdmin().body("{\"queueId\":null}").patch("/api/v1/inbound-channels/" + channel).then().statusCode(200);
    tenant.delete("queues/" + mapped).statusCode(409).body("detail", equalTo("A ticket still needs the queue."));
  }

  @Test
  void agentsAndLeadsReadQueuesAndChangeNone() {
    for (var person : List.of(tenant.person(Role.AGENT, "ann"), tenant.person(Role.LEAD, "lea"))) {
      person.call().get("/api/v1/queues/" + tenant.first("queues")).then().statusCode(200);
      person.call().body(Map.of("name", "Mine")).patch("/api/v1/queues/" + tenant.first("queues")).then().statusCode(403);
      person.call().delete("/api/v1/queues/" + tenant.first("queues")).then().statusCode(403);
      person.call().body(Map.of("name", "Mine")).post("/api/v1/queues").then().statusCode(403);
    }
  }

  @Test
  void anotherTenantsQueueIsNotFound() {
    var others = FoundedTenant.found().first("queues");
    tenant.get("queues/" + others).statusCode(404);
    tenant.patch("queues/" + others, Map.of("name", "Mine")).statusCode(404);
    tenant.delete("queues/" + others).statusCode(404);
  }
}
