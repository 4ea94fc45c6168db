package dev.posthorn.ticket;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class CategoryResourceTest {
  private final Desk desk = new Desk();

  private ValidatableResponse post(Map<String, ?> body) {
    return Desk.as(desk.admin).contentType(ContentType.JSON).body(body).post("/api/v1/categories").then();
  }

  @Test
  void categoriesAreMadeOrderedChangedAndDeleted() {
    var first = post(Map.of("name", "Invoices")).statusCode(201).extract().<String>path("id");
    post(Map.of("name", "Repairs")).statusCode(201);
    post(Map.of("name", "invoices")).statusCode(409).body("errors[0].pointer", equalTo("/name"));

    Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("position", 9, "name", "Bills")).patch("/api/v1/categories/" + first).then().statusCode(200);

    Desk.as(desk.key(Role.AGENT, desk.agent("ann", Role.AGENT))).get("/api/v1/categories").then().statusCode(200).body("items.name", contains("Repairs", "Bills"));
    Desk.as(desk.admin).delete("/api/v1/categories/" + first).then().statusCode(204);
    Desk.as(desk.admin).get("/api/v1/categories/" + first).then().statusCode(404);
    Desk.as(desk.key(Role.LEAD, desk.agent("lea", Role.LEAD))).contentType(ContentType.JSON).body(Map.of("name", "Mine")).post("/api/v1/categories").then().statusCode(403);
  }

  @Test
  void aTicketHasACategoryAndTagsAndIsFoundByThem() { // TH-42
    var category = post(Map.of("name", "Invoices")).statusCode(201).extract().<String>path("id");
    var ticket = desk.ticket();
    desk.ticket();

    desk.patch(ticket, Map.of("categoryId", category, "tags", List.of("b", "a", "b"))).statusCode(200).body("categoryId", equalTo(category)).body("tags", contains("a", "b"));

    for (var filter : List.of("categoryId=" + category, "tag=a", "tag=b&categoryId=" + category)) {
      Desk.as(desk.admin).get("/api/v1/tickets?count=true&" + filter).then().statusCode(200).body("items.id", contains(ticket.toString())).body("total", equalTo(1))
          .body("items[0].tags", contains("a", "b"));
    }
    desk.patch(ticket, Map.of("categoryId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/categoryId"));
    desk.patch(ticket, Map.of("tags", List.of("x".repeat(51)))).statusCode(400).body("errors[0].pointer", containsString("/tags"));
    Desk.as(desk.admin).delete("/api/v1/categories/" + category).then().statusCode(409).body("detail", containsString("ticket"));
    var nothing = new HashMap<String, Object>();
    nothing.put("categoryId", null);
    nothing.put("tags", List.of("b"));
    desk.patch(ticket, nothing).statusCode(200).body("categoryId", nullValue()).body("tags", contains("b"));
    Desk.as(desk.admin).get("/api/v1/tickets?tag=a").then().body("items", hasSize(0));
    Desk.as(desk.admin).delete("/api/v1/categories/" + category).then().statusCode(204);
  }
}
