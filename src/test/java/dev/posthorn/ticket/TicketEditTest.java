package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.sla.Priorities;
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

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TicketEditTest {
  private final Desk desk = new Desk();
  private final UUID ticket = desk.ticket();

  @Test
  void everyFieldIsWritableAndEachChangeIsAnEvent() { // TH-42
    UUID urgent = desk.in(() -> Desk.bean(Priorities.class).list("order by rank desc").getFirst().id);
    var before = desk.get("/tickets/{id}", ticket);
    var queue = desk.queue("Other", null);

    desk.patch(ticket, Map.of("subject", "Heating", "status", "waiting", "priorityId", urgent, "queueId", queue))
        .statusCode(200)
        .body("subject", equalTo("Heating")).body("status", equalTo("waiting")).body("statusKind", equalTo("waiting"))
        .body("priorityId", equalTo(urgent.toString())).body("queueId", equalTo(queue.toString()))
        .body("teamId", equalTo(before.getString("teamId")));

    assertThat(events("ticket.subject-changed")).containsExactly("It does not work -> Heating");
    assertThat(events("ticket.status-changed")).containsExactly("new -> waiting");
    assertThat(events("ticket.priority-changed")).containsExactly(before.getString("priorityId") + " -> " + urgent);
    assertThat(events("ticket.moved")).containsExactly(before.getString("queueId") + " -> " + queue);
  }

  @Test
  void aChangeThatChangesNothingIsNoEvent() {
    var before = desk.get("/tickets/{id}", ticket);

    desk.patch(ticket, Map.of("subject", before.getString("subject"), "status", "new")).statusCode(200)
        .body("version", equalTo(before.getInt("version")));

    assertThat(events("ticket.subject-changed")).isEmpty();
    assertThat(events("ticket.status-changed")).isEmpty();
  }

  @Test
  void aClosedStatusClosesAndAnotherOpens() {
    desk.patch(ticket, Map.of("status", "closed")).statusCode(200).body("closedAt", notNullValue());
    desk.patch(ticket, Map.of("status", "solved")).statusCode(200).body("closedAt", nullValue());
  }

  @Test
  void aQueueOfATeamTakesTheTicketThere() { // TH-43
    var team = desk.team("second");
    var own = desk.agent("own", Role.AGENT, desk.inbox());
    assign(own).statusCode(200).body("assigneeId", equalTo(own.toString()));

    desk.patch(ticket, Map.of("queueId", desk.queue("Second", team))).statusCode(200)
        .body("teamId", equalTo(team.toString())).body("assigneeId", nullValue());

    assertThat(events("ticket.unassigned")).containsExactly(own + " -> null");
  }

  @Test
  void anAssigneeWhoSeesItThereKeepsIt() {
    var queue = desk.queue("Second", null);
    var agent = desk.agent("both", Role.AGENT, desk.inbox(), queue);
    assign(agent).statusCode(200);

    desk.patch(ticket, Map.of("queueId", queue)).statusCode(200).body("assigneeId", equalTo(agent.toString()));
  }

  @Test
  void whatDoesNotExistIsNamed() {
    for (var field : List.of("queueId", "priorityId")) {
      desk.patch(ticket, Map.of(field, UUID.randomUUID())).statusCode(422).body("errors.pointer", contains("/" + field));
    }
    desk.patch(ticket, Map.of("status", "asleep")).statusCode(422).body("errors.pointer", contains("/status"));
    desk.patch(ticket, Map.of("number", 7)).statusCode(400).body("errors.pointer", contains("/number"));
    desk.patch(ticket, Map.of("queueId", 7)).statusCode(400).body("errors.pointer", contains("/queueId"));
    assertThat(desk.get("/tickets/{id}", ticket).getInt("version")).isZero();
  }

  @Test
  void aSubjectIsOneLine() {
    for (var subject : List.of("", "  ", "one\r\nBcc: eve@evil.example", "nul\0", "sep\u2028arated", "x".repeat(1001))) {
      desk.patch(ticket, Map.of("subject", subject)).statusCode(400).body("errors.pointer", contains("/subject"));
    }
  }

  @Test
  void aTicketOfALongSubjectCanBeEdited() {
    var subject = "x".repeat(999) + "🐎".repeat(9);
    var mailed = desk.arrives(desk.from("anna@customer.example").subject(subject)).ticketId;

    desk.patch(mailed, Map.of("status", "open")).statusCode(200).body("subject", equalTo("x".repeat(999)));
  }

  @Test
  void whoSawAnotherStateChangesNothing() {
    var seen = Desk.as(desk.admin).get("/api/v1/tickets/{id}", ticket).getHeader("ETag");
    var now = desk.patch(ticket, Map.of("subject", "Changed")).statusCode(200).extract().header("ETag");

    assertThat(now).isNotEqualTo(seen).isEqualTo(Desk.as(desk.admin).get("/api/v1/tickets/{id}", ticket).getHeader("ETag"));
    Desk.as(desk.admin).header("If-Match", seen).contentType("application/merge-patch+json").body(Map.of("subject", "Late"))
        .patch("/api/v1/tickets/{id}", ticket).then().statusCode(412);
    Desk.as(desk.admin).header("If-Match", seen).contentType("application/json").body(Map.of("agentId", desk.agent("a", Role.ADMIN)))
        .put("/api/v1/tickets/{id}/assignee", ticket).then().statusCode(412);
    for (var path : List.of("assignee", "closure")) {
      Desk.as(desk.admin).header("If-Match", seen).delete("/api/v1/tickets/{id}/{path}", ticket, path).then().statusCode(412);
    }
    Desk.as(desk.admin).header("If-Match", seen).put("/api/v1/tickets/{id}/closure", ticket).then().statusCode(412);
    Desk.as(desk.admin).header("If-Match", now).put("/api/v1/tickets/{id}/closure", ticket).then().statusCode(200)
        .body("subject", equalTo("Changed"));
  }

  @Test
  void onlyWhoSeesATicketCanHaveIt() {
    var own = desk.agent("own", Role.AGENT, desk.inbox());
    var stranger = desk.agent("stranger", Role.AGENT);
    var admin = desk.agent("admin", Role.ADMIN);

    assign(stranger).statusCode(422).body("errors.pointer", contains("/agentId"));
    assign(UUID.randomUUID()).statusCode(422).body("type", equalTo("/problems/unknown-agent"));
    assign(null).statusCode(400).body("errors.pointer", contains("/agentId"));
    assign(own).statusCode(200);
    assign(own).statusCode(200);
    assign(admin).statusCode(200).body("assigneeId", equalTo(admin.toString()));
    Desk.as(desk.admin).delete("/api/v1/tickets/{id}/assignee", ticket).then().statusCode(204);
    Desk.as(desk.admin).delete("/api/v1/tickets/{id}/assignee", ticket).then().statusCode(204);

    assertThat(desk.get("/tickets/{id}", ticket).getString("assigneeId")).isNull();
    assertThat(events("ticket.assigned")).containsExactly("null -> " + own, own + " -> " + admin);
    assertThat(events("ticket.unassigned")).containsExactly(admin + " -> null");
  }

  @Test
  void closingTwiceIsClosingOnce() {
    var first = Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure", ticket).then().statusCode(200)
        .body("statusKind", equalTo("closed")).extract().jsonPath().getString("closedAt");
    Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure", ticket).then().statusCode(200).body("closedAt", equalTo(first));
    Desk.as(desk.admin).delete("/api/v1/tickets/{id}/closure", ticket).then().statusCode(204);
    Desk.as(desk.admin).delete("/api/v1/tickets/{id}/closure", ticket).then().statusCode(204);

    assertThat(desk.get("/tickets/{id}", ticket).getString("statusKind")).isEqualTo("open");
    assertThat(events("ticket.closed")).containsExactly("new -> closed");
    assertThat(events("ticket.reopened")).containsExactly("closed -> open");
  }

  private ValidatableResponse assign(UUID agent) {
    return Desk.as(desk.admin).contentType("application/json").body(agent == null ? "{}" : Map.of("agentId", agent))
        .put("/api/v1/tickets/{id}/assignee", ticket).then();
  }

  private List<String> events(String kind) {
    List<Map<String, Object>> items = desk.get("/tickets/{id}/timeline?limit=200", ticket)
        .getList("items.findAll { it.kind == 'event' && it.event.kind == '" + kind + "' }.event.data");
    return items.stream().map(data -> data.get("from") + " -> " + data.get("to")).toList();
  }
}
