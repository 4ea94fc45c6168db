package dev.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.ticket.Tickets;
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

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class AgentResourceTest {
  @Inject House house;
  @Inject Tickets tickets;
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  private String ann() {
    return tenant.made("agents", Map.of("name", "Ann", "email", "ann@people.example", "role", "agent"));
  }

  @Test
  void anAgentBelongsToTeamsAndWorksOnQueues() { // TH-31
    var queues = List.of(tenant.first("queues"), tenant.made("queues", Map.of("name", "Second")));
    var team = tenant.first("teams");

    var id = tenant.made("agents", Map.of("name", "Ann", "email", "Ann@people.example", "role", "lead", "teamIds", List.of(team), "queueIds", queues));

    tenant.get("agents/" + id).statusCode(200).body("name", equalTo("Ann")).body("email", equalTo("Ann@people.example")).body("role", equalTo("lead"))
        .body("signatureHtml", equalTo("")).body("teamIds", contains(team)).body("queueIds", containsInAnyOrder(queues.toArray()));
    tenant.get("teams/" + team).body("memberIds", contains(id)).body("leadIds", empty());
    tenant.get("queues/" + queues.get(1)).body("agentIds", contains(id));
    tenant.patch("agents/" + id, Map.of("queueIds", List.of(queues.get(1)), "teamIds", List.of())).statusCode(200)
        .body("teamIds", empty()).body("queueIds", contains(queues.get(1)));
  }

  @Test
  void aLeadStaysLeadWhenTheAgentIsChanged() {
    var id = ann();
    var team = tenant.first("teams");
    tenant.patch("teams/" + team, Map.of("leadIds", List.of(id))).statusCode(200);
    var second = tenant.made("teams", Map.of("name", "Parts"));

    tenant.patch("agents/" + id, Map.of("teamIds", List.of(team, second))).statusCode(200);

    tenant.get("teams/" + team).body("leadIds", contains(id));
    tenant.get("teams/" + second).body("leadIds", empty()).body("memberIds", contains(id));
  }

  @Test
  void anAddressIsOneAgents() {
    ann();
    tenant.post("agents", Map.of("name", "Anna", "email", "ANN@people.example", "role", "agent")).statusCode(409)
        .body("errors[0].pointer", equalTo("/email"));
  }

  @Test
  void aSignatureKeepsWhatMayBeSent() { // EH-14, EH-15
    var id = tenant.made("agents", Map.of("name", "Ann", "email", "ann@people.example", "role", "agent",
        "signatureHtml", "<b>Ann</b><script>alert(1)</script> <a href=\"javascript:alert(1)\">x</a>"));

    var signature = tenant.get("agents/" + id).extract().<String>path("signatureHtml");
    assertThat(signature).contains("<b>Ann</b>").doesNotContain("script");
  }

  @ParameterizedTest
  @CsvSource({"name,''", "email,ann", "role,operator", "role,boss"})
  void whatIsNoneIsRefused(String field, String value) {
    tenant.patch("agents/" + ann(), Map.of(field, value)).statusCode(400).body("errors[0].pointer", equalTo("/" + field));
  }

  @Test
  void unknownTeamsAndQueuesAreNamed() {
    var stranger = FoundedTenant.found();
    tenant.patch("agents/" + ann(), Map.of("teamIds", List.of(stranger.first("teams")))).statusCode(422).body("errors[0].pointer", equalTo("/teamIds"));
    tenant.patch("agents/" + tenant.first("agents"), Map.of("queueIds", List.of(stranger.first("queues")))).statusCode(422)
        .body("errors[0].pointer", equalTo("/queueIds"));
  }

  @Test
  void anAgentWithTicketsStays() {
    var ann = ann();
    var lodger = new House.Lodger(tenant.id(), UUID.fromString(tenant.first("inbound-channels")), null, "support@in.posthorn.example");
    var ticket = house.filed(lodger, SampleMail.from("anna@customer.example").bytes()).ticketId;
    house.in(lodger, () -> tickets.update("assigneeId = ?1 where id = ?2", UUID.fromString(ann), ticket));

    tenant.delete("agents/" + ann).statusCode(409).body("detail", equalTo("The agent has 1 ticket: assign them to others first."));
  }

  @Test
  void aDeletedAgentsKeysStopWorking() {
    var ann = tenant.person(Role.AGENT, "ann");
    tenant.patch("teams/" + tenant.first("teams"), Map.of("memberIds", List.of(ann.agentId()))).statusCode(200);
    ann.call().get("/api/v1/queues").then().statusCode(200);

    tenant.delete("agents/" + ann.agentId()).statusCode(204);

    ann.call().get("/api/v1/queues").then().statusCode(401);
    tenant.get("agents/" + ann.agentId()).statusCode(404);
    tenant.get("teams/" + tenant.first("teams")).body("memberIds", empty());
  }

  @Test
  void agentsReadAgentsAndChangeNone() {
    var ann = tenant.person(Role.AGENT, "ann");
    ann.call().get("/api/v1/agents").then().statusCode(200).body("items", hasSize(1));
    ann.call().body(Map.of("role", "admin")).patch("/api/v1/agents/" + ann.agentId()).then().statusCode(403);
    ann.call().body(Map.of("name", "B", "email", "b@people.example", "role", "admin")).post("/api/v1/agents").then().statusCode(403);
  }

  @Test
  void anotherTenantsAgentIsNotFound() {
    var others = FoundedTenant.found().person(Role.AGENT, "eve").agentId();
    tenant.get("agents/" + others).statusCode(404);
    tenant.patch("agents/" + others, Map.of("name", "Mine")).statusCode(404);
    tenant.delete("agents/" + others).statusCode(404);
  }
}
