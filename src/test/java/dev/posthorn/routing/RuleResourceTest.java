package dev.posthorn.routing;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class RuleResourceTest {
  private final FoundedTenant tenant = FoundedTenant.found();

  private static Map<String, Object> kind(String kind, Object... fields) {
    var object = new HashMap<String, Object>();
    object.put("kind", kind);
    for (int i = 0; i < fields.length; i += 2) {
      object.put((String) fields[i], fields[i + 1]);
    }
    return object;
  }

  private static Map<String, Object> rule(String name, Map<String, Object> condition, List<Map<String, Object>> actions) {
    return new HashMap<>(Map.of("name", name, "condition", condition, "actions", actions));
  }

  private static Map<String, Object> invoices() {
    return rule("Invoices", kind("subject-contains", "text", "invoice"), List.of(kind("add-tags", "tags", List.of("money"))));
  }

  @Test
  void aRuleIsMadeReadChangedAndDeletedAndItsVersionsStay() { // TH-16
    var id = tenant.made("rules", invoices());

    tenant.get("rules/" + id).statusCode(200).body("condition.kind", equalTo("subject-contains")).body("condition.text", equalTo("invoice"))
        .body("actions[0].kind", equalTo("add-tags")).body("enabled", equalTo(true)).body("stop", equalTo(false)).body("revision", equalTo(1))
        .body("teamId", nullValue());
    tenant.patch("rules/" + id, Map.of("condition", kind("any", "conditions", List.of(kind("contact-vip"), kind("not", "condition", kind("has-attachment")))),
        "enabled", false)).statusCode(200)
        .body("condition.kind", equalTo("any")).body("condition.conditions[1].condition.kind", equalTo("has-attachment")).body("revision", equalTo(2));
    tenant.patch("rules/" + id, Map.of("enabled", false)).statusCode(200).body("revision", equalTo(2));
    tenant.get("rules/" + id + "/versions?count=true").statusCode(200).body("items.revision", contains(2, 1)).body("total", equalTo(2));
    tenant.get("rules/" + id + "/versions/1").statusCode(200).body("condition.text", equalTo("invoice")).body("enabled", equalTo(true));
    tenant.delete("rules/" + id).statusCode(204);
    tenant.get("rules/" + id).statusCode(404);
    tenant.get("rules/" + id + "/versions/2").statusCode(200).body("condition.kind", equalTo("any"));
    tenant.get("rules/" + UUID.randomUUID() + "/versions").statusCode(404);
  }

  @Test
  void rulesStandInTheOrderOfTheirPositions() { // TH-16
    tenant.made("rules", with(invoices(), "name", "A"));
    tenant.made("rules", with(invoices(), "name", "B"));
    var third = tenant.made("rules", with(invoices(), "name", "C"));

    tenant.patch("rules/" + third, Map.of("position", 0)).statusCode(200);

    var page = tenant.get("rules?limit=2&count=true").body("items.name", contains("C", "A")).body("total", equalTo(3)).extract();
    tenant.get("rules?limit=2&after=" + page.path("next")).body("items.name", contains("B"));
  }

  @Test
  void anUnknownKindIsNamedWithTheKnownOnes() {
    tenant.post("rules", rule("X", kind("sounds-like", "text", "x"), List.of(kind("ignore")))).statusCode(400)
        .body("errors[0].pointer", equalTo("/condition/kind")).body("errors[0].detail", containsString("subject-contains"));
    tenant.post("rules", rule("X", kind("any", "conditions", List.of(kind("sounds-like"))), List.of(kind("ignore")))).statusCode(400)
        .body("errors[0].pointer", equalTo("/condition/conditions/0/kind"));
    tenant.post("rules", rule("X", kind("contact-vip"), List.of(kind("ignore"), kind("explode")))).statusCode(400)
        .body("errors[0].pointer", equalTo("/actions/1/kind")).body("errors[0].detail", containsString("route-to-team"));
    tenant.post("rules", rule("X", Map.of("text", "x"), List.of(kind("ignore")))).statusCode(400)
        .body("errors[0].pointer", equalTo("/condition/kind")).body("errors[0].detail", containsString("kind is needed"));
  }

  @Test
  void aFieldThatCannotBeIsNamed() {
    tenant.post("rules", rule("X", kind("subject-contains", "words", "x"), List.of(kind("ignore")))).statusCode(400)
        .body("errors[0].pointer", equalTo("/condition/words"));
    tenant.post("rules", rule("X", kind("subject-contains", "text", "x".repeat(501)), List.of(kind("ignore")))).statusCode(400)
        .body("errors[0].pointer", equalTo("/condition/text"));
    tenant.post("rules", rule("X", kind("all", "conditions", List.of(kind("sender-is", "address", "nobody"))), List.of(kind("ignore")))).statusCode(400)
        .body("errors[0].pointer", equalTo("/condition/conditions/0/address"));
    tenant.post("rules", rule("X", kind("authentication-is", "check", "dmarc", "result", "maybe"), List.of(kind("ignore")))).statusCode(400);
    tenant.post("rules", rule("X", kind("contact-vip"), List.of())).statusCode(400).body("errors[0].pointer", equalTo("/actions"));
    tenant.post("rules", with(invoices(), "colour", "red")).statusCode(400).body("errors[0].pointer", equalTo("/colour"));
  }

  @Test
  void aRuleAsksNoMoreThanItMay() {
    Map<String, Object> deep = kind("contact-vip");
    for (int i = 0; i < 8; i++) {
      deep = kind("not", "condition", deep);
    }
    tenant.post("rules", rule("X", deep, List.of(kind("ignore")))).statusCode(400).body("errors[0].pointer", equalTo("/condition"))
        .body("errors[0].detail", containsString("deep"));
    var many = new ArrayList<>(Collections.nCopies(50, kind("contact-vip")));
    tenant.post("rules", rule("X", kind("any", "conditions", many), List.of(kind("ignore")))).statusCode(400)
        .body("errors[0].detail", containsString("50 conditions"));
    tenant.post("rules", rule("X", kind("contact-vip"), Collections.nCopies(21, kind("stop")))).statusCode(400)
        .body("errors[0].detail", containsString("20 actions"));
  }

  @ParameterizedTest
  @CsvSource({"route-to-team, teamId, team", "route-to-queue, queueId, queue", "route-to-agent, agentId, agent", "set-priority, priorityId, priority",
    "set-status, statusId, status"})
  void whatAnActionNamesExists(String action, String field, String word) {
    tenant.post("rules", rule("X", kind("contact-vip"), List.of(kind("stop"), kind(action, field, UUID.randomUUID())))).statusCode(422)
        .body("errors[0].pointer", equalTo("/actions/1/" + field)).body("errors[0].detail", equalTo("There is no such " + word + "."));
  }

  @ParameterizedTest
  @CsvSource({"fetched-from-mailbox, mailboxId", "inbound-channel-is, inboundChannelId", "contact-owner-is, agentId", "in-business-hours, calendarId"})
  void whatAConditionNamesExists(String condition, String field) {
    tenant.post("rules", rule("X", kind("not", "condition", kind(condition, field, UUID.randomUUID())), List.of(kind("ignore")))).statusCode(422)
        .body("errors[0].pointer", equalTo("/condition/condition/" + field));
  }

  @Test
  void aRuleIsOfATeamOrQueueThatExists() {
    tenant.post("rules", with(invoices(), "teamId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/teamId"));
    tenant.post("rules", with(invoices(), "queueId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/queueId"));
  }

  @Test
  void whatARuleNamesIsNotDeletedAsLongAsThereIsTheRule() {
    var queue = tenant.made("queues", Map.of("name", "Second"));
    var agent = tenant.made("agents", Map.of("name", "Ann", "email", "ann@people.example", "role", "agent"));
    var rule = tenant.made("rules", rule("X", kind("contact-owner-is", "agentId", agent), List.of(kind("route-to-queue", "queueId", queue))));

    tenant.delete("queues/" + queue).statusCode(409).body("detail", containsString("rule"));
    tenant.delete("agents/" + agent).statusCode(409).body("detail", containsString("rule"));

    tenant.patch("rules/" + rule, Map.of("actions", List.of(kind("ignore")))).statusCode(200);
    tenant.delete("queues/" + queue).statusCode(204);
    tenant.delete("rules/" + rule).statusCode(204);
    tenant.delete("agents/" + agent).statusCode(204);
  }

  @Test
  void aLeadHasTheRulesOfTheOwnTeams() { // EH-17
    var lead = tenant.person(Role.LEAD, "lea");
    var own = tenant.made("teams", Map.of("name", "Own", "leadIds", List.of(lead.agentId())));
    var queue = tenant.made("queues", Map.of("name", "Own", "teamId", own));
    var foreign = tenant.made("rules", with(invoices(), "teamId", tenant.first("teams")));
    var general = tenant.made("rules", invoices());

    var id = lead.call().body(with(invoices(), "teamId", own)).post("/api/v1/rules").then().statusCode(201).extract().<String>path("id");
    lead.call().body(with(invoices(), "queueId", queue)).post("/api/v1/rules").then().statusCode(201);
    lead.call().body(invoices()).post("/api/v1/rules").then().statusCode(403);
    lead.call().get("/api/v1/rules?count=true").then().statusCode(200).body("items", hasSize(2)).body("total", equalTo(2));
    lead.call().body(Map.of("name", "Changed")).patch("/api/v1/rules/" + id).then().statusCode(200).body("name", equalTo("Changed"));
    lead.call().body(Map.of("teamId", tenant.first("teams"))).patch("/api/v1/rules/" + id).then().statusCode(403);
    for (var rule : List.of(foreign, general)) {
      lead.call().get("/api/v1/rules/" + rule).then().statusCode(403);
      lead.call().body(Map.of("name", "Mine")).patch("/api/v1/rules/" + rule).then().statusCode(403);
      lead.call().delete("/api/v1/rules/" + rule).then().statusCode(403);
    }
    lead.call().delete("/api/v1/rules/" + id).then().statusCode(204);
    tenant.person(Role.AGENT, "ann").call().get("/api/v1/rules").then().statusCode(403);
  }

  @Test
  void whoSawAnotherStateChangesNothing() {
    var id = tenant.made("rules", invoices());
    var seen = tenant.get("rules/" + id).extract().header("ETag");
    tenant.patch("rules/" + id, Map.of("name", "Changed")).statusCode(200);

    tenant.asAdmin().header("If-Match", seen).body(Map.of("name", "Late")).patch("/api/v1/rules/" + id).then().statusCode(412);
    tenant.asAdmin().header("If-Match", seen).delete("/api/v1/rules/" + id).then().statusCode(412);
  }

  @Test
  void theDocumentNamesEveryKindWithItsFields() {
    RestAssured.get("/openapi?format=json").then().statusCode(200)
        .body("components.schemas.Condition.oneOf", hasSize(Condition.Kinds.of(Condition.class).size()))
        .body("components.schemas.Action.discriminator.mapping.ignore", equalTo("#/components/schemas/Action.ignore"))
        .body("components.schemas.'Condition.recipient-field-is'.required", contains("kind", "field", "address"))
        .body("components.schemas.'Condition.recipient-field-is'.properties.field.enum", contains("to", "cc", "bcc"))
        .body("components.schemas.'Condition.not'.properties.condition.'$ref'", equalTo("#/components/schemas/Condition"));
  }

  private static Map<String, Object> with(Map<String, Object> rule, String field, Object value) {
    rule.put(field, value);
    return rule;
  }
}
