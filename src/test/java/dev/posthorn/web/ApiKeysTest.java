package dev.posthorn.web;

import static dev.posthorn.web.ProblemsTest.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TestTenant;
import dev.posthorn.tenant.Ids;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.hibernate.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ApiKeysTest {
  private static final String KEYS = "/api/v1/api-keys";
  private static final String CALLER = "/api/v1/test-manners/caller";

  @Inject Session entities;

  @ConfigProperty(name = "posthorn.operator.key")
  String operatorKey;

  private TestTenant tenant;

  @BeforeEach
  void tenant() {
    tenant = TestTenant.create();
  }

  @Test
  void aKeyIsShownOnceAndWorksAtOnce() {
    var issued = issue(Map.of("name", "robot", "role", "admin")).then().statusCode(201)
        .header("Location", matchesPattern(".*" + KEYS + "/[0-9a-f-]{36}"))
        .body("key", matchesPattern("ph_[0-9a-f]{16}_[0-9a-f]{64}")).body("role", equalTo("admin")).extract();

    TestTenant.as(issued.path("key")).get(CALLER).then().statusCode(200).body("role", equalTo("admin")).body("tenant", equalTo(tenant.id().toString()));
    tenant.asAdmin().get(issued.header("Location")).then().statusCode(200).body("key", nullValue()).body("name", equalTo("robot"));
    tenant.asAdmin().get(KEYS).then().body("items.name", hasItems("admin", "robot")).body("items.key", equalTo(java.util.Arrays.asList(null, null)));
  }

  @Test
  void onlyTheHashOfTheSecretIsStored() {
    String key = issue(Map.of("name", "robot", "role", "admin")).path("key");
    var secret = key.substring(key.lastIndexOf('_') + 1);

    var stored = tenant.in(() -> entities.createNativeQuery("select cast(k as text) from api_key k", String.class).getResultList()).toString();

    assertThat(stored).contains("robot").doesNotContain(secret).doesNotContain(java.util.HexFormat.of().formatHex(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Test
  void aDeletedKeyIsRefusedAtOnce() {
    var issued = issue(Map.of("name", "robot", "role", "admin"));
    TestTenant.as(issued.path("key")).get(CALLER).then().statusCode(200);

    tenant.asAdmin().delete(KEYS + "/" + issued.path("id")).then().statusCode(204);

    problem(TestTenant.as(issued.path("key")).get(CALLER), 401, "unauthorized");
    problem(tenant.asAdmin().get(KEYS + "/" + issued.path("id")), 404, "not-found");
  }

  @Test
  void theRightIdWithAWrongSecretIsRefusedAlsoWhereTheKeyIsRemembered() {
    tenant.asAdmin().get(CALLER).then().statusCode(200);

    var wrong = tenant.adminKey().substring(0, tenant.adminKey().length() - 1) + (tenant.adminKey().endsWith("0") ? "1" : "0");

    problem(TestTenant.as(wrong).get(CALLER), 401, "unauthorized");
  }

  @Test
  void aKeyForAnAgentNeedsOneThatExists() {
    problem(issue(Map.of("name", "a", "role", "agent")), 422, "unprocessable").body("errors[0].pointer", equalTo("/agentId"));
    problem(issue(Map.of("name", "a", "role", "lead")), 422, "unprocessable").body("errors[0].pointer", equalTo("/agentId"));
    problem(issue(Map.of("name", "a", "role", "agent", "agentId", UUID.randomUUID())), 422, "unknown-agent").body("errors[0].pointer", equalTo("/agentId"));
    problem(issue(Map.of("name", "a", "role", "agent", "agentId", agent(TestTenant.create()))), 422, "unknown-agent");
    problem(issue(Map.of("name", "a", "role", "operator")), 400, "invalid-request").body("errors[0].pointer", equalTo("/role"));
    problem(issue(Map.of("name", "a", "role", "king")), 400, "invalid-request")
        .body("errors[0].detail", equalTo("Expected one of: operator, admin, lead, agent, requester."));
  }

  @Test
  void anAgentsKeyMayNotManageKeys() {
    var key = tenant.key(Role.AGENT, agent(tenant));

    TestTenant.as(key).get(CALLER).then().statusCode(200).body("role", equalTo("agent"));
    problem(TestTenant.as(key).get(KEYS), 403, "forbidden");
  }

  @Test
  void aKeyWithScopesIsGoodForThoseAlone() {
    String key = issue(Map.of("name", "reader", "role", "admin", "scopes", List.of("teams:read"))).then().statusCode(201)
        .body("scopes", equalTo(List.of("teams:read"))).extract().path("key");

    TestTenant.as(key).get("/api/v1/teams").then().statusCode(200);
    problem(TestTenant.as(key).contentType("application/json").body(Map.of("name", "T")).post("/api/v1/teams"), 403, "out-of-scope")
        .body("detail", equalTo("Needed: teams:write."));
    problem(TestTenant.as(key).get(KEYS), 403, "out-of-scope");
    problem(issue(Map.of("name", "x", "role", "admin", "scopes", List.of("teams:all"))), 400, "invalid-request")
        .body("errors[0].pointer", equalTo("/scopes"));
  }

  @Test
  void aKeyEndsWhenItIsToEnd() {
    var issued = issue(Map.of("name", "short", "role", "admin", "expiresAt", java.time.Instant.now().plusSeconds(3_600).toString()));
    issued.then().statusCode(201);
    TestTenant.as(issued.path("key")).get(CALLER).then().statusCode(200);

    tenant.in(() -> entities.createNativeMutationQuery("update api_key set expires_at = now() - interval '1 second' where name = 'short'").executeUpdate());
    String other = issue(Map.of("name", "other", "role", "admin")).path("id");
    // What is remembered of the key ends with it: a rotation lets it be looked at anew.
    tenant.asAdmin().contentType("application/json").body(Map.of()).post(KEYS + "/" + issued.path("id") + "/rotations").then().statusCode(200);

    problem(TestTenant.as(issued.path("key")).get(CALLER), 401, "unauthorized");
    tenant.asAdmin().get(KEYS + "/" + other).then().statusCode(200);
    problem(issue(Map.of("name", "past", "role", "admin", "expiresAt", "2020-01-01T00:00:00Z")), 422, "unprocessable");
  }

  @Test
  void aRotatedKeyIsGoodForAWhileBesideItsSuccessor() {
    var first = issue(Map.of("name", "robot", "role", "admin"));
    var rotated = rotate(first.path("id"), Map.of("overlapSeconds", 3_600));
    rotated.then().statusCode(200).body("previousUntil", org.hamcrest.Matchers.notNullValue()).body("keyId", equalTo(first.path("keyId")));

    TestTenant.as(first.path("key")).get(CALLER).then().statusCode(200);
    TestTenant.as(rotated.path("key")).get(CALLER).then().statusCode(200);
    String last = rotate(first.path("id"), Map.of("overlapSeconds", 0)).path("key");

    problem(TestTenant.as(first.path("key")).get(CALLER), 401, "unauthorized");
    problem(TestTenant.as(rotated.path("key")).get(CALLER), 401, "unauthorized");
    TestTenant.as(last).get(CALLER).then().statusCode(200);
    problem(rotate(first.path("id"), Map.of("overlapSeconds", 100_000_000)), 400, "invalid-request");
  }

  private io.restassured.response.Response rotate(String id, Map<String, ?> wanted) {
    return tenant.asAdmin().contentType("application/json").body(wanted).post(KEYS + "/" + id + "/rotations");
  }

  @Test
  void itIsKnownWhenAKeyWasLastUsed() {
    var issued = issue(Map.of("name", "robot", "role", "admin"));
    tenant.asAdmin().get(KEYS + "/" + issued.path("id")).then().body("usedAt", nullValue());

    TestTenant.as(issued.path("key")).get(CALLER).then().statusCode(200);

    tenant.asAdmin().get(KEYS + "/" + issued.path("id")).then().body("usedAt", org.hamcrest.Matchers.notNullValue());
  }

  @Test
  void anotherTenantsKeyIsNotFound() {
    String id = issue(Map.of("name", "robot", "role", "admin")).path("id");
    var other = TestTenant.create();

    problem(other.asAdmin().get(KEYS + "/" + id), 404, "not-found");
    problem(other.asAdmin().delete(KEYS + "/" + id), 404, "not-found");
    tenant.asAdmin().get(KEYS + "/" + id).then().statusCode(200);
  }

  @Test
  void theOperatorHasNoTenant() {
    TestTenant.as(operatorKey).get("/api/v1/test-manners/operator").then().statusCode(200).body("tenant", equalTo("null"));
    problem(TestTenant.as(operatorKey).get(KEYS), 403, "forbidden");
    problem(TestTenant.as(operatorKey + "x").get("/api/v1/test-manners/operator"), 401, "unauthorized");
  }

  @Test
  void theSchemeIsReadWhateverItsCase() {
    given().header("Authorization", "bearer " + tenant.adminKey()).get(CALLER).then().statusCode(200).body("thread", equalTo("true"));
  }

  @Test
  void aKeyWithScopesIssuesNoneThatIsGoodForMore() {
    var limited = issue(Map.of("name", "limited", "role", "admin", "scopes", List.of("api-keys:write", "*:read"))).<String>path("key");

    problem(issue(limited, Map.of("name", "a", "role", "admin")), 403, "forbidden").body("errors[0].pointer", equalTo("/scopes"));
    problem(issue(limited, Map.of("name", "a", "role", "admin", "scopes", List.of("tickets:write"))), 403, "forbidden");
    problem(issue(limited, Map.of("name", "a", "role", "admin", "scopes", List.of("tickets:read", "*:write"))), 403, "forbidden");
    issue(limited, Map.of("name", "a", "role", "admin", "scopes", List.of("tickets:read", "*:read", "api-keys:write"))).then().statusCode(201);
  }

  @Test
  void aKeyThatEndsIssuesNoneThatEndsLater() {
    var end = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    var ending = issue(Map.of("name", "ending", "role", "admin", "expiresAt", end.toString())).<String>path("key");

    problem(issue(ending, Map.of("name", "a", "role", "admin")), 403, "forbidden").body("errors[0].pointer", equalTo("/expiresAt"));
    problem(issue(ending, Map.of("name", "a", "role", "admin", "expiresAt", end.plusSeconds(1).toString())), 403, "forbidden");
    issue(ending, Map.of("name", "a", "role", "admin", "expiresAt", end.toString())).then().statusCode(201);
  }

  @Test
  void aKeyLearnsTheSecretOfNoneThatIsGoodForMore() {
    var end = Instant.now().plus(Duration.ofDays(1)).toString();
    var broad = issue(Map.of("name", "broad", "role", "admin")).<String>path("id");
    var narrow = issue(Map.of("name", "narrow", "role", "admin", "scopes", List.of("api-keys:write"))).<String>path("id");
    var limited = issue(Map.of("name", "limited", "role", "admin", "scopes", List.of("api-keys:write"))).<String>path("key");
    var ending = issue(Map.of("name", "ending", "role", "admin", "expiresAt", end)).<String>path("key");

    problem(rotate(limited, broad), 403, "forbidden").body("errors[0].pointer", equalTo("/scopes"));
    problem(rotate(ending, broad), 403, "forbidden").body("errors[0].pointer", equalTo("/expiresAt"));
    rotate(limited, narrow).then().statusCode(200);
  }

  private static io.restassured.response.Response rotate(String key, String id) {
    return TestTenant.as(key).contentType("application/json").body(Map.of()).post(KEYS + "/" + id + "/rotations");
  }

  @Test
  void aKeyThatStandsForAnAgentIsGoodForNoMoreThanTheAgent() {
    var agent = agent(tenant);
    tenant.asAdmin().contentType("application/json").body(Map.of("role", "admin")).patch("/api/v1/agents/" + agent).then().statusCode(200);
    var key = issue(Map.of("name", "hers", "role", "admin", "agentId", agent)).<String>path("key");
    TestTenant.as(key).get(KEYS).then().statusCode(200);

    tenant.asAdmin().contentType("application/json").body(Map.of("role", "lead")).patch("/api/v1/agents/" + agent).then().statusCode(200);

    problem(TestTenant.as(key).get(KEYS), 403, "forbidden");
    TestTenant.as(key).get("/api/v1/session").then().statusCode(200).body("role", equalTo("lead"));
    tenant.asAdmin().contentType("application/json").body(Map.of("role", "admin")).patch("/api/v1/agents/" + agent).then().statusCode(200);
    TestTenant.as(key).get(KEYS).then().statusCode(200);
  }

  @Test
  void aKeyOfALowerRoleStaysLowWhoeverTheAgentIs() {
    var agent = agent(tenant);
    tenant.asAdmin().contentType("application/json").body(Map.of("role", "admin")).patch("/api/v1/agents/" + agent).then().statusCode(200);

    TestTenant.as(tenant.key(Role.AGENT, agent)).get("/api/v1/session").then().statusCode(200).body("role", equalTo("agent"));
  }

  @Test
  void aKeyThatWasNobodysAMomentAgoIsGoodAsSoonAsItIsSomebodys() {
    var agent = agent(tenant);
    var key = tenant.key(Role.AGENT, agent);
    tenant.asAdmin().contentType("application/json").body(Map.of("active", false)).patch("/api/v1/agents/" + agent).then().statusCode(200);
    problem(TestTenant.as(key).get(CALLER), 401, "unauthorized");
    problem(TestTenant.as(key).get(CALLER), 401, "unauthorized");

    tenant.asAdmin().contentType("application/json").body(Map.of("active", true)).patch("/api/v1/agents/" + agent).then().statusCode(200);

    TestTenant.as(key).get(CALLER).then().statusCode(200);
  }

  private static io.restassured.response.Response issue(String key, Map<String, ?> wanted) {
    return TestTenant.as(key).contentType("application/json").body(wanted).post(KEYS);
  }

  private io.restassured.response.Response issue(Map<String, ?> wanted) {
    return tenant.asAdmin().contentType("application/json").body(wanted).post(KEYS);
  }

  private UUID agent(TestTenant of) {
    var id = Ids.next();
    of.in(() -> entities.createNativeMutationQuery("insert into agent (tenant_id, id, name, email, role, created_at, updated_at) values (current_tenant(), :id, 'A', :email, 'agent', now(), now())")
        .setParameter("id", id).setParameter("email", id + "@example.com").executeUpdate());
    return id;
  }
}
