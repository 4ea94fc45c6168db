package dev.posthorn.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.intake.InboundMail;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rules tried on past mail.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class SimulationTest {
  private static final String FROM = "2020-01-01T00:00:00Z";
  private static final String TO = "9999-01-01T00:00:00Z";

  @Inject House house;
  @Inject EntityManager entities;
  private FoundedTenant tenant;
  private House.Lodger lodger;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
    lodger = new House.Lodger(tenant.id(), UUID.fromString(tenant.first("inbound-channels")), null, "support+x@in.posthorn.example");
  }

  private InboundMail arrives(String from, String subject) {
    return house.filed(lodger, SampleMail.from(from).subject(subject).bytes());
  }

  private static Map<String, Object> rule(Map<String, Object> condition, Map<String, Object> action) {
    return Map.of("name", "Tried", "condition", condition, "actions", List.of(action));
  }

  private static Map<String, Object> subject(String text) {
    return Map.of("kind", "subject-contains", "text", text);
  }

  private ValidatableResponse tried(List<Map<String, Object>> rules) {
    return tenant.post("rule-simulations", Map.of("rules", rules, "from", FROM, "to", TO));
  }

  @Test
  void rulesAreTriedOnPastMailAndNothingChanges() {
    var first = arrives("anna@customer.example", "Order 7");
    arrives("bob@customer.example", "Question");
    var before = rows();

    tried(List.of(rule(subject("order"), Map.of("kind", "ignore")))).statusCode(200)
        .body("items", hasSize(2)).body("next", nullValue())
        .body("items[0].inboundMailId", equalTo(first.id.toString())).body("items[0].ticketId", equalTo(first.ticketId.toString()))
        .body("items.happened.state", contains("ticketed", "ticketed")).body("items.would.state", contains("ignored", "ticketed"))
        .body("items.changed", contains(true, false))
        .body("items[0].rules[0].tests[0].found", equalTo("Order 7")).body("items[0].would.deeds[0].kind", equalTo("ignore"))
        .body("items[1].rules[0].held", equalTo(false));

    assertThat(rows()).isEqualTo(before);
  }

  /// How many rows there are of everything that a rule could make, and every state of mail and tickets.
  private List<?> rows() {
    return house.in(lodger, () -> entities.createNativeQuery("""
        select state from inbound_mail union all select status || version from ticket union all select 'events ' || count(*) from event
        union all select 'contacts ' || count(*) from contact union all select 'rules ' || count(*) from rule
        union all select 'messages ' || count(*) from message order by 1""", Object.class).getResultList());
  }

  @Test
  void theRulesThatWereInForceGiveWhatHappened() {
    var urgent = tenant.first("priorities");
    var rules = List.of(
        rule(Map.of("kind", "not", "condition", Map.of("kind", "contact-known")), Map.of("kind", "add-tags", "tags", List.of("stranger"))),
        rule(subject("spam"), Map.of("kind", "ignore")),
        rule(Map.of("kind", "contact-vip"), Map.of("kind", "set-priority", "priorityId", urgent)));
    rules.forEach(rule -> tenant.made("rules", rule));
    arrives("anna@customer.example", "Order 7");
    arrives("anna@customer.example", "Order 8");
    arrives("bob@customer.example", "Spam");
    arrives("bob@customer.example", "Question");
    // Whoever they are now, they were as they were then.
    tenant.patch("contacts/" + tenant.first("contacts"), Map.of("vip", true)).statusCode(200);

    var once = tried(rules).statusCode(200).body("items.changed", contains(false, false, false, false))
        .body("items.would.state", contains("ticketed", "ticketed", "ignored", "ticketed"))
        .body("items[0].would.deeds.kind", contains("add-tags")).body("items[1].would.deeds", hasSize(0)).extract().asString();

    assertThat(tried(rules).extract().asString()).isEqualTo(once);
  }

  @Test
  void moreThanOneAnswerHoldsIsGoneOnWith() {
    IntStream.range(0, 52).forEach(i -> house.bring(lodger, SampleMail.from("c" + i + "@customer.example").subject("Mail " + i).bytes()));
    await().atMost(Duration.ofSeconds(30)).until(() -> tenant.get("inbound-mails?state=pending").extract().<List<?>>path("items").isEmpty());

    var next = tried(List.of()).statusCode(200).body("items", hasSize(50)).body("next", notNullValue()).extract().<String>path("next");

    tenant.post("rule-simulations", Map.of("rules", List.of(), "from", FROM, "to", TO, "after", next)).statusCode(200).body("items", hasSize(2)).body("next", nullValue());
  }

  @Test
  void onlyMailOfTheTimeIsTried() {
    arrives("anna@customer.example", "Order 7");

    tenant.post("rule-simulations", Map.of("rules", List.of(), "from", FROM, "to", "2021-01-01T00:00:00Z")).statusCode(200).body("items", hasSize(0));
    tenant.post("rule-simulations", Map.of("rules", List.of(), "from", TO, "to", FROM)).statusCode(400).body("errors[0].pointer", equalTo("/to"));
  }

  @Test
  void whatCouldNotBeSavedCannotBeTried() {
    tried(List.of(rule(Map.of("kind", "sounds-like"), Map.of("kind", "ignore")))).statusCode(400)
        .body("errors[0].pointer", equalTo("/rules/0/condition/kind")).body("errors[0].detail", containsString("Known are"));
    tried(List.of(rule(subject("x"), Map.of("kind", "route-to-team", "teamId", UUID.randomUUID())))).statusCode(422)
        .body("errors[0].pointer", equalTo("/rules/0/actions/0/teamId"));
    tenant.person(Role.AGENT, "ada").call().body(Map.of("rules", List.of(), "from", FROM, "to", TO)).post("/api/v1/rule-simulations").then().statusCode(403);
  }

  @Test
  void aLeadTriesOwnRulesOnMailOfTheOwnTeams() { // EH-17
    var lead = tenant.person(Role.LEAD, "lea");
    var team = tenant.first("teams");
    var other = tenant.made("teams", Map.of("name", "Other"));
    arrives("anna@customer.example", "Order 7");
    var tried = new HashMap<>(rule(subject("order"), Map.of("kind", "ignore")));
    tried.put("teamId", team);

    post(lead, tried).statusCode(403);
    tenant.patch("teams/" + other, Map.of("leadIds", List.of(lead.agentId()))).statusCode(200);
    var others = new HashMap<>(tried);
    others.put("teamId", other);
    post(lead, others).statusCode(200).body("items", hasSize(0));
    tenant.patch("teams/" + team, Map.of("leadIds", List.of(lead.agentId()))).statusCode(200);
    post(lead, tried).statusCode(200).body("items", hasSize(1)).body("items[0].would.state", equalTo("ignored"));
  }

  private static ValidatableResponse post(FoundedTenant.Person lead, Map<String, Object> rule) {
    return lead.call().body(Map.of("rules", List.of(rule), "from", FROM, "to", TO)).post("/api/v1/rule-simulations").then();
  }
}
