package dev.posthorn.sla;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
}
