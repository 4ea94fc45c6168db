package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Lists of tickets to be seen again.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class SavedViewTest {
  private final Desk desk = new Desk();
  private final UUID ada = desk.agent("ada", Role.AGENT, desk.inbox());
  private final String adas = desk.key(Role.AGENT, ada);

  private static ValidatableResponse post(String key, Object body) {
    return Desk.as(key).contentType("application/json").body(body).post("/api/v1/views").then();
  }

  private static List<UUID> tickets(String key, String query) {
    return Desk.as(key).get("/api/v1/tickets?" + query).then().statusCode(200).extract().jsonPath().getList("items.id", UUID.class);
  }

  private UUID answered() {
    var ticket = desk.ticket();
    desk.reply(ticket, Map.of("text", "Done.")).statusCode(202);
    return ticket;
  }

  @Test
  void aViewShowsItsTicketsAndTheRequestMaySayOtherwise() {
    var open = desk.ticket();
    var answered = answered();
    String view = post(desk.admin, Map.of("name", "To do", "filters", Map.of("unanswered", true), "sort", "lastMessageAt", "shared", true, "columns", List.of("number", "subject")))
        .statusCode(201).body("columns", equalTo(List.of("number", "subject"))).extract().path("id");

    assertThat(tickets(desk.admin, "viewId=" + view)).containsExactly(open);
    assertThat(tickets(adas, "viewId=" + view)).containsExactly(open);
    assertThat(tickets(desk.admin, "unanswered=false&viewId=" + view)).containsExactly(answered);
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("filters", Map.of("unanswered", false))).patch("/api/v1/views/" + view).then()
        .statusCode(200);
    assertThat(tickets(desk.admin, "viewId=" + view)).containsExactly(answered);
    Desk.as(desk.admin).get("/api/v1/tickets?viewId=" + UUID.randomUUID()).then().statusCode(400);
  }

  @Test
  void mineIsWhoeverLooks() {
    desk.ticket();
    var own = desk.ticket();
    Desk.as(desk.admin).contentType("application/json").body(Map.of("agentId", ada)).put("/api/v1/tickets/{id}/assignee", own).then().statusCode(200);
    String view = post(desk.admin, Map.of("name", "Mine", "filters", Map.of("mine", true), "shared", true)).statusCode(201).extract().path("id");

    assertThat(tickets(adas, "viewId=" + view)).containsExactly(own);
    Desk.as(desk.admin).get("/api/v1/tickets?viewId=" + view).then().statusCode(400);
  }

  @Test
  void aViewIsItsOwnersUnlessItIsShared() {
    String own = post(adas, Map.of("name", "Mine", "filters", Map.of("tag", "urgent"))).statusCode(201).body("ownerId", equalTo(ada.toString())).extract().path("id");
    var ben = desk.key(Role.AGENT, desk.agent("ben", Role.AGENT, desk.inbox()));
    String shared = post(desk.admin, Map.of("name", "All", "filters", Map.of(), "shared", true)).statusCode(201).extract().path("id");

    Desk.as(ben).get("/api/v1/views/" + own).then().statusCode(404);
    Desk.as(ben).get("/api/v1/tickets?viewId=" + own).then().statusCode(404);
    Desk.as(ben).get("/api/v1/views").then().statusCode(200).body("items.id", equalTo(List.of(shared)));
    Desk.as(ben).delete("/api/v1/views/" + shared).then().statusCode(403);
    Desk.as(adas).contentType("application/merge-patch+json").body(Map.of("shared", true)).patch("/api/v1/views/" + own).then().statusCode(403);
    Desk.as(adas).delete("/api/v1/views/" + own).then().statusCode(204);
    Desk.as(desk.admin).delete("/api/v1/views/" + shared).then().statusCode(204);
  }

  @Test
  void whatIsNoFilterAndNoColumnIsRefused() {
    post(desk.admin, Map.of("name", "x", "filters", Map.of("colour", "red"), "shared", true)).statusCode(400);
    post(desk.admin, Map.of("name", "x", "filters", Map.of(), "columns", List.of("secret"), "shared", true)).statusCode(400);
    post(desk.admin, Map.of("name", "x", "filters", Map.of("sla", "late"), "shared", true)).statusCode(400);
    post(desk.admin, Map.of("name", "x", "filters", Map.of())).statusCode(422).body("errors[0].pointer", equalTo("/shared"));
  }
}
