package dev.posthorn.web;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TenantResourceTest {
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  @Test
  void anAdminChangesTheTenant() { // OD-16
    var relay = tenant.first("outbound-channels");

    tenant.patch("tenant", Map.of("name", "New", "locale", "de-AT", "timeZone", "Europe/Vienna", "defaultOutboundChannelId", relay)).statusCode(200)
        .body("name", equalTo("New"));

    tenant.get("tenant").body("locale", equalTo("de-AT")).body("timeZone", equalTo("Europe/Vienna")).body("defaultOutboundChannelId", equalTo(relay));
    var none = new HashMap<String, Object>();
    none.put("defaultOutboundChannelId", null);
    tenant.patch("tenant", none).statusCode(200).body("defaultOutboundChannelId", nullValue()).body("name", equalTo("New"));
  }

  @ParameterizedTest
  @CsvSource({"name,''", "locale,english", "timeZone,Mars/Olympus", "timeZone,+02:00"})
  void whatIsNoneIsRefused(String field, String value) {
    tenant.patch("tenant", Map.of(field, value)).statusCode(400).body("errors[0].pointer", equalTo("/" + field));
  }

  @Test
  void anUnknownOutboundChannelIsNamed() {
    tenant.patch("tenant", Map.of("defaultOutboundChannelId", UUID.randomUUID())).statusCode(422)
        .body("errors[0].pointer", equalTo("/defaultOutboundChannelId"));
    var others = FoundedTenant.found().first("outbound-channels");
    tenant.patch("tenant", Map.of("defaultOutboundChannelId", others)).statusCode(422);
  }

  @Test
  void aChangeOfSomethingElseMeanwhileIsNoticed() {
    var tag = tenant.get("tenant").extract().header("ETag");
    tenant.patch("tenant", Map.of("name", "One")).statusCode(200);

    tenant.asAdmin().header("If-Match", tag).body(Map.of("name", "Two")).patch("/api/v1/tenant").then().statusCode(412);
  }

  @Test
  void agentsReadAndDoNotChange() {
    var agent = tenant.person(Role.AGENT, "ann");
    agent.call().get("/api/v1/tenant").then().statusCode(200).body("slug", equalTo(tenant.slug()));
    agent.call().body(Map.of("name", "Mine")).patch("/api/v1/tenant").then().statusCode(403);
  }
}
