package dev.posthorn.sla;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class PriorityResourceTest {
  @Test
  void theMostUrgentComesFirst() {
    var tenant = FoundedTenant.found();

    var page = tenant.person(Role.AGENT, "ann").call().get("/api/v1/priorities?limit=3").then().statusCode(200)
        .body("items.name", contains("urgent", "high", "normal")).body("items.isDefault", contains(false, false, true)).extract();

    tenant.get("priorities?limit=3&after=" + page.path("next")).body("items.name", contains("low"));
    tenant.get("priorities/" + page.path("items[0].id")).statusCode(200).body("name", equalTo("urgent")).body("rank", equalTo(40));
  }

  @Test
  void anotherTenantsPriorityIsNotFound() {
    var tenant = FoundedTenant.found();
    tenant.get("priorities/" + FoundedTenant.found().first("priorities")).statusCode(404);
    tenant.get("priorities/" + UUID.randomUUID()).statusCode(404);
    tenant.get("priorities/none").statusCode(404);
  }

  @Test
  void aPriorityIsMadeWithItsTimesAndDeleted() { // TH-39
    var tenant = FoundedTenant.found();
    var id = tenant.made("priorities", Map.of("name", "flood", "rank", 90, "reactionMinutes", 5, "alarmMinutes", 30, "completionMinutes", 60));

    tenant.get("priorities/" + id).statusCode(200).body("reactionMinutes", equalTo(5)).body("alarmMinutes", equalTo(30)).body("completionMinutes", equalTo(60))
        .body("isDefault", equalTo(false));
    tenant.get("priorities").body("items[0].name", equalTo("flood"));
    tenant.delete("priorities/" + id).statusCode(204);
  }

  @Test
  void oneAndOnlyOnePriorityIsTheDefault() {
    var tenant = FoundedTenant.found();
    var urgent = tenant.first("priorities");

    tenant.patch("priorities/" + urgent, Map.of("isDefault", true)).statusCode(200);

    tenant.get("priorities").body("items.isDefault", contains(true, false, false, false));
    tenant.patch("priorities/" + urgent, Map.of("isDefault", false)).statusCode(422).body("errors[0].pointer", equalTo("/isDefault"));
    tenant.delete("priorities/" + urgent).statusCode(409);
  }

  @Test
  void timesThatCannotBeAreRefused() {
    var tenant = FoundedTenant.found();
    var path = "priorities/" + tenant.first("priorities");

    tenant.patch(path, Map.of("alarmMinutes", 90, "completionMinutes", 60)).statusCode(422).body("errors[0].pointer", equalTo("/alarmMinutes"));
    tenant.patch(path, Map.of("alarmMinutes", 90)).statusCode(422);
    tenant.patch(path, Map.of("reactionMinutes", 0)).statusCode(400).body("errors[0].pointer", equalTo("/reactionMinutes"));
    tenant.patch(path, Map.of("calendarId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/calendarId"));
    tenant.patch(path, Map.of("calendarId", FoundedTenant.found().made("calendars", Map.of("name", "Other", "timeZone", "UTC", "holidays", List.of(),
        "hours", Map.of("monday", List.of(Map.of("from", "09:00", "to", "17:00"))))))).statusCode(422);
  }

  @Test
  void onlyAdminsChangePriorities() {
    var tenant = FoundedTenant.found();
    var agent = tenant.person(Role.AGENT, "ann");

    agent.call().body(Map.of("name", "mine", "rank", 1)).post("/api/v1/priorities").then().statusCode(403);
    agent.call().body(Map.of("rank", 1)).patch("/api/v1/priorities/" + tenant.first("priorities")).then().statusCode(403);
    agent.call().delete("/api/v1/priorities/" + tenant.first("priorities")).then().statusCode(403);
  }
}
