package dev.posthorn.ticket;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
  void anotherTenantsStatusIsNotFound() {
    FoundedTenant.found().get("statuses/" + FoundedTenant.found().first("statuses")).statusCode(404);
  }
}
