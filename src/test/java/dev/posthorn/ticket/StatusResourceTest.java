package dev.posthorn.ticket;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class StatusResourceTest {
  @Test
  void statusesStandInTheOrderOfATicketsLife() {
    var tenant = FoundedTenant.found();

    var page = tenant.person(Role.AGENT, "ann").call().get("/api/v1/statuses?limit=3").then().statusCode(200)
        .body("items.kind", contains("new", "open", "waiting")).extract();

    tenant.get("statuses?limit=3&after=" + page.path("next")).body("items.name", contains("solved", "closed"));
    tenant.get("statuses/" + page.path("items[0].id")).statusCode(200).body("name", equalTo("new"));
  }

  @Test
  void aStatusOfTheTenantsOwnIsOfAKind() {
    var tenant = FoundedTenant.found();
    var id = tenant.made("statuses", Map.of("name", "Waiting for parts", "kind", "waiting"));

    tenant.get("statuses/" + id).body("kind", equalTo("waiting")).body("position", equalTo(5));
    tenant.post("statuses", Map.of("name", "Waiting for parts", "kind", "open")).statusCode(409).body("errors[0].pointer", equalTo("/name"));
    tenant.post("statuses", Map.of("name", "Asleep", "kind", "asleep")).statusCode(400).body("errors[0].pointer", equalTo("/kind"));
    tenant.patch("statuses/" + id, Map.of("kind", "open")).statusCode(400).body("errors[0].pointer", equalTo("/kind"));
    tenant.delete("statuses/" + id).statusCode(204);
    tenant.get("statuses/" + id).statusCode(404);
  }

  @Test
  void aNameThatChangesChangesOnTheTickets() {
    var desk = new Desk();
    var ticket = desk.ticket();
    var status = desk.get("/statuses").getList("items.id", String.class).get(2);
    desk.patch(ticket, Map.of("status", "waiting")).statusCode(200);

    Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("name", "Waiting for parts")).patch("/api/v1/statuses/" + status).then().statusCode(200);

    Desk.as(desk.admin).get("/api/v1/tickets/{id}", ticket).then().body("status", equalTo("Waiting for parts")).body("statusKind", equalTo("waiting"));
    Desk.as(desk.admin).queryParam("status", "Waiting for parts").get("/api/v1/tickets").then().body("items", hasSize(1));
    Desk.as(desk.admin).delete("/api/v1/statuses/" + status).then().statusCode(409).body("detail", containsString("last status of its kind"));
  }

  @Test
  void theLastStatusOfAKindAndOneThatTicketsHaveStay() {
    var desk = new Desk();
    var ticket = desk.ticket();
    var own = Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("name", "Waiting for parts", "kind", "waiting")).post("/api/v1/statuses")
        .then().statusCode(201).extract().<String>path("id");
    desk.patch(ticket, Map.of("status", "Waiting for parts")).statusCode(200);

    for (var kind : List.of(0, 1, 3, 4)) {
      var id = desk.get("/statuses").getString("items[" + kind + "].id");
      Desk.as(desk.admin).delete("/api/v1/statuses/" + id).then().statusCode(409);
    }
    Desk.as(desk.admin).delete("/api/v1/statuses/" + own).then().statusCode(409).body("detail", containsString("ticket"));
    desk.patch(ticket, Map.of("status", "open")).statusCode(200);
    Desk.as(desk.admin).delete("/api/v1/statuses/" + own).then().statusCode(204);
  }

  @Test
  void anAgentReadsAndDoesNotChange() {
    var tenant = FoundedTenant.found();
    var agent = tenant.person(Role.AGENT, "ann");

    agent.call().body(Map.of("name", "Mine", "kind", "open")).post("/api/v1/statuses").then().statusCode(403);
    agent.call().body(Map.of("name", "Mine")).patch("/api/v1/statuses/" + tenant.first("statuses")).then().statusCode(403);
    agent.call().delete("/api/v1/statuses/" + tenant.first("statuses")).then().statusCode(403);
  }

  @Test
  void anotherTenantsStatusIsNotFound() {
    FoundedTenant.found().get("statuses/" + FoundedTenant.found().first("statuses")).statusCode(404);
  }
}
