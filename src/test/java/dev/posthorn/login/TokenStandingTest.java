package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Role;
import dev.posthorn.web.Standings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An access token of a provider is good for as long as whoever has it belongs to the tenant, as the role that they have now.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
class TokenStandingTest {
  private final String someone = UUID.randomUUID().toString();

  @Inject Standings standings;
  @Inject Logins logins;
  @Inject Tenants tenants;

  private String token;
  private String adminKey;
  private String agentId;
  private TenantId tenant;

  @BeforeEach
  void found() {
    var doorkeeper = new BelievingDoorkeeper();
    var robot = new Visitor(new Visitor.Person("robot-" + someone, "robot@" + someone.substring(0, 8) + ".example", true), doorkeeper);
    robot.signIn("other");
    robot.choose(Map.of("way", "found", "company", "Robots " + someone));
    token = doorkeeper.token("other", robot.person(), Doorkeeper.AUDIENCE);
    var session = session();
    assertThat(session.statusCode()).isEqualTo(200);
    agentId = session.path("agentId");
    tenant = new TenantId(UUID.fromString(FoundedTenant.as(token).get("/api/v1/tenant").then().statusCode(200).extract().path("id")));
    adminKey = FoundedTenant.as(token).body(Map.of("name", "K", "role", "admin")).post("/api/v1/api-keys").then().statusCode(201).extract().path("key");
  }

  private Response session() {
    return FoundedTenant.as(token).get("/api/v1/session");
  }

  private void agent(Map<String, ?> change) {
    FoundedTenant.as(adminKey).body(change).patch("/api/v1/agents/" + agentId).then().statusCode(200);
  }

  private Optional<Role> standing() {
    return Tenancy.in(tenant, () -> QuarkusTransaction.requiringNew().call(() ->
        standings.roleOf("login-" + logins.find("agentId", UUID.fromString(agentId)).firstResultOptional().map(login -> login.id).orElse(new UUID(0, 0)))));
  }

  @Test
  void whoIsShutOutIsOutAtOnceAlsoWithAToken() {
    agent(Map.of("active", false));

    assertThat(session().statusCode()).isEqualTo(401);
    agent(Map.of("active", true));
    assertThat(session().statusCode()).isEqualTo(200);
  }

  @Test
  void anotherRoleCountsAtOnceAlsoWithAToken() {
    agent(Map.of("role", "agent"));

    assertThat(session().<String>path("role")).isEqualTo("agent");
    assertThat(FoundedTenant.as(token).get("/api/v1/api-keys").statusCode()).isEqualTo(403);
  }

  @Test
  void aTokenOpensNothingOfATenantThatIsErased() {
    tenants.erase(tenant.value());

    assertThat(session().statusCode()).isEqualTo(401);
  }

  @Test
  void whatWasBegunWithATokenGoesOnAsLongAsItsAgentIsThere() {
    assertThat(standing()).contains(Role.ADMIN);
    agent(Map.of("role", "lead"));
    assertThat(standing()).contains(Role.LEAD);
    agent(Map.of("active", false));
    assertThat(standing()).isEmpty();
  }
}
