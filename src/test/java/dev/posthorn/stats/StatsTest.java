package dev.posthorn.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class StatsTest {
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  @Inject EntityManager entities;

  private final FoundedTenant tenant = FoundedTenant.found();

  private String opened(Map<String, Object> more) {
    var wish = new HashMap<String, Object>(Map.of("subject", "It", "requester", Map.of("email", "anna@customer.example")));
    wish.putAll(more);
    return tenant.made("tickets", wish);
  }

  private void answered(String ticket, String status) {
    tenant.post("tickets/" + ticket + "/replies", Map.of("text", "Done.", "status", status)).statusCode(202);
  }

  private JsonPath stats(String query) {
    return tenant.get("stats?" + query).statusCode(200).extract().jsonPath();
  }

  @Test
  void countsAndTimesAreByQueueAgentChannelAndDay() {
    var queue = tenant.made("queues", Map.of("name", "Billing"));
    var agent = tenant.person(Role.AGENT, "ada");
    tenant.patch("queues/" + queue, Map.of("agentIds", List.of(agent.agentId()))).statusCode(200);
    opened(Map.of());
    var done = opened(Map.of("queueId", queue));
    agent.call().body(Map.of("agentId", agent.agentId())).put("/api/v1/tickets/" + done + "/assignee").then().statusCode(200);
    agent.call().body(Map.of("text", "Done.", "status", "solved")).post("/api/v1/tickets/" + done + "/replies").then().statusCode(202);

    var queues = stats("by=queue");
    assertThat(queues.getInt("total.opened")).isEqualTo(2);
    assertThat(queues.getInt("total.backlog")).isEqualTo(1);
    assertThat(queues.getInt("total.reaction.count")).isEqualTo(1);
    assertThat(queues.getInt("total.sent")).isEqualTo(1);
    assertThat(queues.getMap("items.find { it.name == 'Billing' }.figures")).containsEntry("opened", 1).containsEntry("sent", 1).containsEntry("backlog", 0);
    assertThat(queues.getInt("items.find { it.name == 'Billing' }.figures.completion.count")).isEqualTo(1);

    var agents = stats("by=agent");
    assertThat(agents.getInt("items.find { it.name == 'ada' }.figures.sent")).isEqualTo(1);
    assertThat(agents.getInt("items.find { it.key == null }.figures.backlog")).isEqualTo(1);

    assertThat(stats("by=channel").getInt("items[0].figures.opened")).isEqualTo(2);
    assertThat(stats("by=team&queueId=" + queue).getInt("items[0].figures.opened")).isEqualTo(1);

    var days = stats("by=day");
    assertThat(days.getList("items")).hasSize(30);
    assertThat(days.getInt("items[29].figures.opened")).isEqualTo(2);
    assertThat(days.getInt("items[29].figures.backlog")).isEqualTo(1);
    assertThat(days.getInt("items[28].figures.backlog")).isEqualTo(0);
  }

  @Test
  void timesAreThoseFromTheOpening() {
    for (var minutes : List.of(10, 20, 60)) {
      var ticket = opened(Map.of());
      answered(ticket, "solved");
      tenant.in(() -> entities.createNativeQuery("update ticket set created_at = created_at - interval '3 minutes', reacted_at = created_at - interval '3 minutes' + make_interval(mins => :minutes),"
          + " ended_at = created_at - interval '3 minutes' + make_interval(mins => :minutes * 2) where id = :id")
          .setParameter("minutes", minutes).setParameter("id", UUID.fromString(ticket)).executeUpdate());
    }
    var tomorrow = LocalDate.now(ZoneId.of("UTC")).plusDays(1);

    var total = stats("by=queue&to=" + tomorrow);

    assertThat(total.getMap("total.reaction")).containsEntry("count", 3).containsEntry("averageSeconds", 1800).containsEntry("medianSeconds", 1200)
        .containsEntry("p90Seconds", 3120);
    assertThat(total.getInt("total.completion.medianSeconds")).isEqualTo(2400);
  }

  @Test
  void aLeadSeesTheOwnTeamsOnlyAndAnAgentNothing() {
    var lead = tenant.person(Role.LEAD, "lea");
    var team = tenant.made("teams", Map.of("name", "Own", "leadIds", List.of(lead.agentId())));
    opened(Map.of());
    opened(Map.of("teamId", team));

    assertThat(lead.call().get("/api/v1/stats").then().statusCode(200).extract().jsonPath().getInt("total.opened")).isEqualTo(1);
    tenant.person(Role.AGENT, "ben").call().get("/api/v1/stats").then().statusCode(403);
  }

  @Test
  void aSpanHasBounds() {
    tenant.get("stats?from=2026-13-01").statusCode(400);
    tenant.get("stats?from=2020-01-01&to=2026-01-01").statusCode(400);
    tenant.get("stats?from=2026-01-02&to=2026-01-01").statusCode(400);
    tenant.get("stats?by=moon").statusCode(400);
  }

  @Test
  void daysBeginWhereTheTenantIs() {
    var span = Span.of("2026-03-29", "2026-03-29", ZURICH, Instant.parse("2026-04-01T00:00:00Z"), 400);

    // On that day the clocks go forward.
    assertThat(span.begins()).isEqualTo("2026-03-28T23:00:00Z");
    assertThat(span.ends()).isEqualTo("2026-03-29T22:00:00Z");
    assertThat(Span.of(null, null, ZURICH, Instant.parse("2026-03-31T22:30:00Z"), 400).to()).isEqualTo("2026-04-01");
    assertThatThrownBy(() -> Span.of("2020-01-01", null, ZURICH, Instant.parse("2026-03-31T22:30:00Z"), 400)).isInstanceOf(Refusal.class);
  }
}
