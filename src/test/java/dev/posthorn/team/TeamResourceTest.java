package dev.posthorn.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

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
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TeamResourceTest {
  @Inject House house;
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  @Test
  void aNewTeamHasItsProvidedAddressAndTheFirstQueue() { // EH-34
    var id = tenant.post("teams", Map.of("name", "Parts & Service")).statusCode(201)
        .header("Location", containsString("/api/v1/teams/")).header("ETag", notNullValue())
        .body("displayName", equalTo("Parts & Service")).body("emailHubEnabled", equalTo(true)).body("joinOpenTicket", equalTo(false))
        .body("defaultQueueId", equalTo(tenant.first("queues"))).body("memberIds", empty()).extract().<String>path("id");

    var team = tenant.get("teams/" + id).statusCode(200).extract();
    tenant.get("teams/" + id + "/forwarding-addresses").body("items", hasSize(1))
        .body("items[0].address", equalTo("parts-service." + tenant.slug() + "@in.posthorn.example"))
        .body("items[0].isSender", equalTo(true)).body("items[0].id", equalTo(team.path("senderAddressId")));
  }

  @Test
  void whatIsShownAfterCreatingIsWhatIsReadLater() {
    var created = tenant.post("teams", Map.of("name", "Parts")).extract();
    var read = tenant.get("teams/" + created.path("id")).extract();
    assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
  }

  @Test
  void teamsHaveTheirOwnNames() {
    tenant.post("teams", Map.of("name", "Support")).statusCode(409).body("errors[0].pointer", equalTo("/name"));
    FoundedTenant.found().post("teams", Map.of("name", "Parts")).statusCode(201);
    tenant.post("teams", Map.of("name", "Parts")).statusCode(201);
  }

  @Test
  void leadsAreMembersToo() {
    var lead = tenant.person(Role.LEAD, "lea").agentId().toString();
    var agent = tenant.person(Role.AGENT, "ann").agentId().toString();

    var id = tenant.made("teams", Map.of("name", "Parts", "leadIds", List.of(lead), "memberIds", List.of(agent)));
    tenant.get("teams/" + id).body("leadIds", contains(lead)).body("memberIds", containsInAnyOrder(lead, agent));

    tenant.patch("teams/" + id, Map.of("leadIds", List.of(agent), "memberIds", List.of(agent))).statusCode(200);
    tenant.get("teams/" + id).body("leadIds", contains(agent)).body("memberIds", contains(agent));
  }

  @Test
  void unknownPeopleAreNamed() {
    var known = tenant.person(Role.AGENT, "ann").agentId();
    var stranger = FoundedTenant.found().person(Role.AGENT, "eve").agentId();

    tenant.post("teams", Map.of("name", "Parts", "leadIds", List.of(known), "memberIds", List.of(known, stranger))).statusCode(422)
        .body("type", equalTo("/problems/unknown-agent")).body("errors.pointer", contains("/memberIds/1"));
    tenant.patch("teams/" + tenant.first("teams"), Map.of("leadIds", List.of(stranger))).statusCode(422)
        .body("errors.pointer", contains("/leadIds/0"));
  }

  @Test
  void anUnknownQueueIsNamed() {
    tenant.patch("teams/" + tenant.first("teams"), Map.of("defaultQueueId", UUID.randomUUID())).statusCode(422)
        .body("errors[0].pointer", equalTo("/defaultQueueId"));
    tenant.patch("teams/" + tenant.first("teams"), Map.of("defaultQueueId", FoundedTenant.found().first("queues"))).statusCode(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Acme\r\nBcc: eve@evil.example", "Acme\nX", "a\u0000"})
  void aDisplayNameIsOneLine(String name) {
    tenant.patch("teams/" + tenant.first("teams"), Map.of("displayName", name)).statusCode(400).body("errors[0].pointer", equalTo("/displayName"));
    tenant.post("teams", Map.of("name", "Parts", "displayName", name)).statusCode(400).body("errors[0].pointer", equalTo("/displayName"));
  }

  @Test
  void theSenderIsOneOfTheTeamsAddresses() { // EH-21
    var team = tenant.first("teams");
    var second = tenant.made("teams/" + team + "/forwarding-addresses", Map.of());
    tenant.patch("teams/" + team, Map.of("senderAddressId", second)).statusCode(200).body("senderAddressId", equalTo(second));
    tenant.get("teams/" + team + "/forwarding-addresses").body("items.isSender", contains(false, true));

    var others = tenant.get("teams/" + tenant.made("teams", Map.of("name", "Parts"))).extract().<String>path("senderAddressId");
    tenant.patch("teams/" + team, Map.of("senderAddressId", others)).statusCode(422).body("errors[0].pointer", equalTo("/senderAddressId"));
  }

  @Test
  void aLeadChangesTheSettingsOfTheOwnTeamOnly() { // EH-17
    var lead = tenant.person(Role.LEAD, "lea");
    var own = tenant.made("teams", Map.of("name", "Parts", "leadIds", List.of(lead.agentId())));
    var other = tenant.first("teams");

    lead.call().body(Map.of("displayName", "Our parts", "joinOpenTicket", true)).patch("/api/v1/teams/" + own).then().statusCode(200)
        .body("displayName", equalTo("Our parts")).body("joinOpenTicket", equalTo(true));
    lead.call().body(Map.of("displayName", "Mine too")).patch("/api/v1/teams/" + other).then().statusCode(403);
    lead.call().body(Map.of("name", "Renamed")).patch("/api/v1/teams/" + own).then().statusCode(403);
    lead.call().body(Map.of("memberIds", List.of())).patch("/api/v1/teams/" + own).then().statusCode(403);
    lead.call().get("/api/v1/teams/" + other).then().statusCode(200);
    lead.call().body(Map.of("name", "New")).post("/api/v1/teams").then().statusCode(403);
    lead.call().delete("/api/v1/teams/" + own).then().statusCode(403);
  }

  @Test
  void anAgentReadsTeamsAndChangesNone() { // EH-17
    var agent = tenant.person(Role.AGENT, "ann");
    var own = tenant.made("teams", Map.of("name", "Parts", "leadIds", List.of(agent.agentId())));

    agent.call().get("/api/v1/teams").then().statusCode(200).body("items", hasSize(2));
    agent.call().body(Map.of("displayName", "Mine")).patch("/api/v1/teams/" + own).then().statusCode(403);
  }

  @Test
  void mailForATeamThatIsOffIsHeldAndFiledWhenItIsOn() { // EH-01
    var lodger = new House.Lodger(tenant.id(), UUID.fromString(tenant.first("inbound-channels")), UUID.fromString(tenant.first("teams")),
        tenant.get("inbound-channels").extract().path("items[0].address"));
    tenant.patch("teams/" + lodger.teamId(), Map.of("emailHubEnabled", false)).statusCode(200);
    var mail = house.bring(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).bytes());
    await().until(() -> "email-hub-off".equals(tenant.get("inbound-mails/" + mail).extract().path("reason")));

    tenant.patch("teams/" + lodger.teamId(), Map.of("emailHubEnabled", true)).statusCode(200);

    assertThat(house.settled(lodger, mail).state).isEqualTo("ticketed");
    tenant.delete("teams/" + lodger.teamId()).statusCode(409);
  }

  @Test
  void aTeamThatWasNeverUsedIsDeletedAndItsAddressStaysTaken() { // EH-20
    var id = tenant.made("teams", Map.of("name", "Parts"));

    tenant.delete("teams/" + id).statusCode(204);

    tenant.get("teams/" + id).statusCode(404);
    tenant.get("inbound-channels").body("items", hasSize(1));
    tenant.post("teams/" + tenant.first("teams") + "/forwarding-addresses", Map.of("localPart", "parts." + tenant.slug())).statusCode(409);
  }

  @Test
  void aTeamInUseStays() {
    var withQueue = tenant.made("teams", Map.of("name", "Parts"));
    tenant.made("queues", Map.of("name", "Parts", "teamId", withQueue));
    tenant.delete("teams/" + withQueue).statusCode(409).body("detail", equalTo("A queue still needs the team."));

    var named = tenant.made("teams", Map.of("name", "Sales"));
    var address = tenant.get("teams/" + named + "/forwarding-addresses").extract().<String>path("items[0].address");
    tenant.made("outbound-channels", Map.of("kind", "relay", "name", "Sales", "fromAddress", address));
    tenant.delete("teams/" + named).statusCode(409).body("detail", containsString("Sales"));
    tenant.get("teams/" + named + "/forwarding-addresses").body("items", hasSize(1));
  }

  @Test
  void theLastTeamStays() {
    var only = tenant.first("teams");
    tenant.delete("teams/" + only).statusCode(409);
  }

  @Test
  void ifMatchGuardsAgainstLostEdits() {
    var path = "/api/v1/teams/" + tenant.first("teams");
    var tag = tenant.asAdmin().get(path).then().extract().header("ETag");
    tenant.asAdmin().header("If-Match", tag).body(Map.of("displayName", "One")).patch(path).then().statusCode(200);

    tenant.asAdmin().header("If-Match", tag).body(Map.of("displayName", "Two")).patch(path).then().statusCode(412);
    tenant.asAdmin().header("If-Match", tag).delete(path).then().statusCode(412);
  }

  @Test
  void anotherTenantsTeamIsNotFound() {
    var others = FoundedTenant.found().first("teams");
    tenant.get("teams/" + others).statusCode(404);
    tenant.patch("teams/" + others, Map.of("displayName", "Mine")).statusCode(404);
    tenant.delete("teams/" + others).statusCode(404);
    tenant.get("teams/" + others + "/forwarding-addresses").statusCode(404);
    tenant.post("teams/" + others + "/forwarding-addresses", Map.of()).statusCode(404);
  }

  @Test
  void theListIsPaged() {
    for (var name : List.of("A", "B", "C")) {
      tenant.made("teams", Map.of("name", name));
    }
    var first = tenant.get("teams?limit=3&count=true").statusCode(200).body("items.name", contains("support", "A", "B")).body("total", equalTo(4)).extract();
    tenant.get("teams?limit=3&after=" + first.path("next")).statusCode(200).body("items.name", contains("C")).body("next", equalTo(null));
    tenant.get("queues?after=" + first.path("next")).statusCode(400).body("errors[0].pointer", equalTo("after"));
  }

  @Test
  void aTeamIsCreatedOnceHoweverOftenItIsAsked() {
    var key = UUID.randomUUID().toString();
    var first = tenant.asAdmin().header("Idempotency-Key", key).body(Map.of("name", "Once")).post("/api/v1/teams").then().statusCode(201).extract();
    var again = tenant.asAdmin().header("Idempotency-Key", key).body(Map.of("name", "Once")).post("/api/v1/teams").then().statusCode(201).extract();

    assertThat(again.<String>path("id")).isEqualTo(first.path("id"));
    tenant.get("teams").body("items", hasSize(2));
  }
}
