package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Tickets that are handed over, and why people are done with them.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TransferTest {
  private final Desk desk = new Desk();
  private final UUID ticket = desk.ticket();
  private final UUID ada = desk.agent("ada", Role.AGENT, desk.inbox());
  private final String key = desk.key(Role.AGENT, ada);
  private final UUID sales = desk.queue("Sales", desk.lodger.teamId());

  private ValidatableResponse transfer(String as, Map<String, ?> body) {
    return Desk.as(as).contentType(ContentType.JSON).body(body).post("/api/v1/tickets/{id}/transfers", ticket).then();
  }

  private void accepted() {
    Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("agentId", ada)).put("/api/v1/tickets/{id}/assignee", ticket).then().statusCode(200);
  }

  private void patch(String path, Map<String, ?> change) {
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(change).patch("/api/v1" + path).then().statusCode(200);
  }

  private String code(String name) {
    return Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("name", name)).post("/api/v1/wrap-up-codes").then().statusCode(201).extract().path("id");
  }

  @Test
  void onlyWhatWasAcceptedIsHandedOver() { // WX-19
    transfer(key, Map.of("queueId", sales)).statusCode(409).body("type", equalTo("/problems/not-accepted"));
    accepted();
    transfer(desk.key(Role.AGENT, desk.agent("ben", Role.AGENT, desk.inbox())), Map.of("queueId", sales)).statusCode(409);

    transfer(key, Map.of("queueId", sales)).statusCode(200).body("queueId", equalTo(sales.toString())).body("assigneeId", nullValue());

    assertThat(desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind")).contains("ticket.transferred");
  }

  @Test
  void queuesAreSearchedByName() { // WX-20
    desk.queue("Wholesale", null);
    desk.queue("50%_off", null);
    patch("/queues/" + sales, Map.of("transferable", false));

    Desk.as(key).get("/api/v1/queues?q=SALE").then().statusCode(200).body("items.name", contains("Sales", "Wholesale"));
    Desk.as(key).get("/api/v1/queues?q=sale&transferable=true&count=true").then().statusCode(200).body("items.name", contains("Wholesale")).body("total", equalTo(1));
    Desk.as(key).queryParam("q", "0%_").get("/api/v1/queues").then().statusCode(200).body("items.name", contains("50%_off"));
    accepted();
    transfer(key, Map.of("queueId", sales)).statusCode(422).body("errors[0].pointer", equalTo("/queueId"));
  }

  @Test
  void policySaysWhetherTicketsGoToPeople() { // WX-21
    var ben = desk.agent("ben", Role.AGENT, desk.inbox());
    var olga = desk.agent("olga", Role.AGENT);
    accepted();
    transfer(key, Map.of("agentId", ben)).statusCode(422).body("errors[0].pointer", equalTo("/agentId"));

    patch("/tenant", Map.of("transferTargets", "agent"));

    transfer(key, Map.of("agentId", olga)).statusCode(422);
    transfer(key, Map.of("agentId", ben)).statusCode(200).body("assigneeId", equalTo(ben.toString()));
    transfer(key, Map.of("agentId", ben, "queueId", sales)).statusCode(400);
  }

  @Test
  void whereTheQueueWantsToKnowWhyNobodyIsDoneWithoutSayingSo() { // WX-22
    patch("/queues/" + desk.inbox(), Map.of("wrapUpRequired", true));
    patch("/queues/" + sales, Map.of("wrapUpRequired", true));
    var solved = code("Solved");
    var wrong = code("Wrong queue");
    accepted();
    transfer(key, Map.of("queueId", sales)).statusCode(422).body("errors[0].pointer", equalTo("/wrapUpCodeId"));
    transfer(key, Map.of("queueId", sales, "wrapUpCodeId", UUID.randomUUID())).statusCode(422);
    transfer(key, Map.of("queueId", sales, "wrapUpCodeId", wrong)).statusCode(200);

    Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure", ticket).then().statusCode(422).body("errors[0].pointer", equalTo("/wrapUpCodeId"));
    desk.patch(ticket, Map.of("status", "closed")).statusCode(422);
    Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure?wrapUpCodeId={code}", ticket, solved).then().statusCode(200).body("status", equalTo("closed"));

    var report = desk.get("/wrap-up-report");
    assertThat(report.getList("counts.kind")).containsExactlyInAnyOrder("transfer", "closure");
    assertThat(report.getList("counts.wrapUpCodeId")).containsExactlyInAnyOrder(wrong, solved);
    assertThat(report.getList("counts.count")).containsOnly(1);
    assertThat(desk.get("/wrap-up-report?queueId={queue}", sales).getList("counts.wrapUpCodeId")).isEqualTo(List.of(solved));
    Desk.as(desk.admin).delete("/api/v1/wrap-up-codes/{id}", solved).then().statusCode(409);
  }

  @Test
  void aCodeThatIsSwitchedOffIsNotGivenAnyMore() { // WX-22
    var code = code("Old");
    patch("/wrap-up-codes/" + code, Map.of("active", false));
    accepted();
    transfer(key, Map.of("queueId", sales, "wrapUpCodeId", code)).statusCode(422);
    Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("name", "old")).post("/api/v1/wrap-up-codes").then().statusCode(409);
    Desk.as(desk.admin).delete("/api/v1/wrap-up-codes/{id}", code).then().statusCode(204);
  }
}
