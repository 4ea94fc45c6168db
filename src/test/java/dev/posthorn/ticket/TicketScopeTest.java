package dev.posthorn.ticket;

import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Whoever does not see a ticket finds nothing of it, on no path.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TicketScopeTest {
  private record Call(Method method, String path, Object body, int forThoseWhoSeeIt) {}

  private final Desk desk = new Desk();
  private final UUID ticket = desk.arrives(desk.from("anna@customer.example")
      .header("MIME-Version", "1.0").header("Content-Type", "application/pdf; name=a.pdf").body("PDF")).ticketId;

  @Test
  void agentsOfOtherQueuesFindNothing() { // TH-30
    everywhere(desk.key(Role.AGENT, desk.agent("elsewhere", Role.AGENT, desk.queue("Elsewhere", null))), 404);
  }

  @Test
  void leadsOfOtherTeamsFindNothing() { // TH-30
    var lead = desk.agent("elsewhere", Role.LEAD);
    desk.team("elsewhere", lead);
    everywhere(desk.key(Role.LEAD, lead), 404);
  }

  @Test
  void otherTenantsFindNothing() {
    everywhere(new Desk().admin, 404);
  }

  @Test
  void agentsOfTheQueueFindEverything() { // TH-30
    var agent = desk.agent("here", Role.AGENT, desk.inbox());
    var key = desk.key(Role.AGENT, agent);
    for (var call : calls(agent)) {
      answer(call, key, call.forThoseWhoSeeIt);
    }
  }

  @Test
  void nobodyFindsNothing() {
    for (var call : calls(UUID.randomUUID())) {
      answer(call, "none", 401);
    }
  }

  private void everywhere(String key, int status) {
    for (var call : calls(desk.agent("any" + status, Role.ADMIN))) {
      answer(call, key, status);
    }
  }

  private void answer(Call call, String key, int status) {
    var request = Desk.as(key);
    if (call.body != null) {
      request.contentType("application/json").body(call.body);
    }
    var answer = request.request(call.method, "/api/v1" + call.path).then();
    answer.statusCode(equalTo(status));
    if (status == 404) {
      answer.contentType("application/problem+json").body("type", equalTo("/problems/not-found"));
    }
  }

  private List<Call> calls(UUID agent) {
    var message = desk.get("/tickets/{id}/messages", ticket);
    var messageId = message.getString("items[0].id");
    var attachment = message.getString("items[0].attachments[0].id");
    var comment = Desk.as(desk.admin).contentType("application/json").body(Map.of("text", "Hm."))
        .post("/api/v1/tickets/{id}/comments", ticket).then().statusCode(201).extract().jsonPath().getString("id");
    var path = "/tickets/" + ticket;
    return List.of(
        new Call(Method.GET, path, null, 200),
        new Call(Method.GET, path + "/messages", null, 200),
        new Call(Method.GET, path + "/timeline", null, 200),
        new Call(Method.GET, path + "/comments", null, 200),
        new Call(Method.GET, path + "/comments/" + comment, null, 200),
        new Call(Method.GET, "/messages/" + messageId, null, 200),
        new Call(Method.GET, "/messages/" + messageId + "/raw", null, 200),
        new Call(Method.GET, "/attachments/" + attachment, null, 200),
        new Call(Method.POST, path + "/comments", Map.of("text", "Mine."), 201),
        new Call(Method.POST, path + "/replies", Map.of("text", "Hello."), 202),
        new Call(Method.PATCH, path, Map.of("subject", "Mine"), 200),
        new Call(Method.PUT, path + "/assignee", Map.of("agentId", agent), 200),
        new Call(Method.DELETE, path + "/assignee", null, 204),
        new Call(Method.PUT, path + "/closure", null, 200),
        new Call(Method.DELETE, path + "/closure", null, 204));
  }
}
