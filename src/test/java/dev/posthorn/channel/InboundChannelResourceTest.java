package dev.posthorn.channel;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class InboundChannelResourceTest {
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  private String http() {
    return tenant.made("inbound-channels", Map.of("kind", "http", "name", "Relay push", "teamId", tenant.first("teams")));
  }

  @Test
  void everyForwardingAddressIsAWayIn() {
    tenant.get("inbound-channels").statusCode(200).body("items.kind", contains("forwarding-address"))
        .body("items.address", contains("support." + tenant.slug() + "@in.posthorn.example"))
        .body("items.teamId", contains(tenant.first("teams")));
  }

  @Test
  void aChannelIsMappedToAQueueAndToAWayOut() { // OD-21
    var channel = "inbound-channels/" + tenant.first("inbound-channels");
    var queue = tenant.first("queues");
    var via = tenant.first("outbound-channels");

    tenant.patch(channel, Map.of("name", "Front door", "color", "#00ff00", "queueId", queue, "replyViaId", via)).statusCode(200);

    tenant.get(channel).body("name", equalTo("Front door")).body("color", equalTo("#00ff00")).body("queueId", equalTo(queue)).body("replyViaId", equalTo(via));
    tenant.asAdmin().body("{\"replyViaId\":null}").patch("/api/v1/" + channel).then().statusCode(200).body("replyViaId", nullValue()).body("queueId", equalTo(queue));
  }

  @ParameterizedTest
  @ValueSource(strings = {"queueId", "replyViaId"})
  void unknownReferencesAreNamed(String field) {
    tenant.patch("inbound-channels/" + tenant.first("inbound-channels"), Map.of(field, UUID.randomUUID())).statusCode(422)
        .body("errors[0].pointer", equalTo("/" + field));
  }

  @Test
  void theAddressAndTheTeamCannotBeChanged() {
    tenant.patch("inbound-channels/" + tenant.first("inbound-channels"), Map.of("address", "other@in.posthorn.example")).statusCode(400)
        .body("errors[0].pointer", equalTo("/address"));
  }

  @Test
  void aChannelForPushedMailIsMadeUsedAndThenStays() {
    var id = http();
    tenant.get("inbound-channels/" + id).body("kind", equalTo("http")).body("address", nullValue()).body("color", equalTo("#1f77b4"));
    FoundedTenant.as(tenant.adminKey()).contentType("message/rfc822").body("From: anna@customer.example\r\nSubject: a\r\n\r\nb\r\n".getBytes())
        .post("/api/v1/inbound-channels/" + id + "/mails").then().statusCode(202);

    tenant.delete("inbound-channels/" + id).statusCode(409).body("detail", equalTo("An inbound mail still needs the channel."));
  }

  @Test
  void aChannelWithoutMailsIsDeleted() {
    var id = http();
    tenant.delete("inbound-channels/" + id).statusCode(204);
    tenant.get("inbound-channels/" + id).statusCode(404);
  }

  @Test
  void theChannelOfAnAddressStays() { // EH-19
    tenant.delete("inbound-channels/" + tenant.first("inbound-channels")).statusCode(409);
  }

  @Test
  void onlyChannelsForPushedMailAreMadeHere() {
    var team = tenant.first("teams");
    tenant.post("inbound-channels", Map.of("kind", "forwarding-address", "name", "A", "teamId", team)).statusCode(422).body("errors[0].pointer", equalTo("/kind"));
    tenant.post("inbound-channels", Map.of("kind", "pigeon", "name", "A", "teamId", team)).statusCode(400).body("errors[0].pointer", equalTo("/kind"));
    tenant.post("inbound-channels", Map.of("kind", "http", "name", "A", "teamId", FoundedTenant.found().first("teams"))).statusCode(422)
        .body("errors[0].pointer", equalTo("/teamId"));
  }

  @Test
  void leadsSeeThoseOfTheirTeamsAndAgentsNone() { // AT-07
    var lead = tenant.person(Role.LEAD, "lea");
    var agent = tenant.person(Role.AGENT, "ann");
    var team = tenant.made("teams", Map.of("name", "Parts", "leadIds", List.of(lead.agentId())));

    var own = lead.call().get("/api/v1/inbound-channels?count=true").then().statusCode(200).body("items.teamId", contains(team)).body("total", equalTo(1))
        .extract().path("items[0].id");
    lead.call().get("/api/v1/inbound-channels/" + own).then().statusCode(200);
    lead.call().get("/api/v1/inbound-channels/" + tenant.first("inbound-channels")).then().statusCode(404);
    lead.call().get("/api/v1/inbound-channels/" + tenant.first("inbound-channels") + "/ledger").then().statusCode(404);
    lead.call().body(Map.of("name", "Mine")).patch("/api/v1/inbound-channels/" + own).then().statusCode(403);
    agent.call().get("/api/v1/inbound-channels").then().statusCode(403);
    tenant.person(Role.LEAD, "new").call().get("/api/v1/inbound-channels").then().statusCode(200).body("items", hasSize(0));
  }

  @Test
  void anotherTenantsChannelIsNotFound() {
    var others = FoundedTenant.found().first("inbound-channels");
    tenant.get("inbound-channels/" + others).statusCode(404);
    tenant.patch("inbound-channels/" + others, Map.of("name", "Mine")).statusCode(404);
    tenant.delete("inbound-channels/" + others).statusCode(404);
    tenant.get("inbound-channels/" + others + "/ledger").statusCode(404);
  }
}
