package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// Every operation of the service has a rule, and keeps it; and whatever is sent to it, it answers in words of ours.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class RolesTest {
  /// It never ends.
  private static final String STREAM = "/api/v1/events";

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  @Test
  void everyOperationSaysWhoMayCallIt() {
    assertThat(Operations.all().stream().filter(operation -> operation.roles().isEmpty())).isEmpty();
  }

  @Test
  void nobodyCallsTheApiWithoutARole() {
    assertThat(Operations.all().stream().filter(operation -> operation.path().startsWith("/api/") && operation.roles().orElseThrow().contains("*"))).isEmpty();
  }

  @Test
  void everyOperationOfTheDocumentIsOneOfThose() {
    var known = Operations.all().stream().map(Operations.Operation::key).collect(Collectors.toSet());

    assertThat(documented()).isSubsetOf(known).hasSizeGreaterThan(150);
  }

  private static List<String> documented() {
    Map<String, Map<String, Object>> paths = RestAssured.get("/openapi?format=json").then().statusCode(200).extract().jsonPath().getMap("paths");
    return paths.entrySet().stream().flatMap(path -> path.getValue().keySet().stream()
        .filter(method -> Set.of("get", "post", "put", "patch", "delete").contains(method)).map(method -> method + " " + path.getKey())).toList();
  }

  private Map<Role, String> keys() {
    var tenant = FoundedTenant.found();
    var keys = new EnumMap<Role, String>(Role.class);
    keys.put(Role.OPERATOR, operator);
    keys.put(Role.ADMIN, tenant.adminKey());
    keys.put(Role.LEAD, tenant.person(Role.LEAD, "Lea").key());
    keys.put(Role.AGENT, tenant.person(Role.AGENT, "Ben").key());
    var contact = tenant.made("contacts", Map.of("name", "Anna", "emails", List.of("anna@customer.example")));
    keys.put(Role.REQUESTER, tenant.post("api-keys", Map.of("name", "R", "role", "requester", "contactId", contact)).statusCode(201).extract().path("key"));
    return keys;
  }

  @Test
  void everyRoleMayWhatTheRuleSaysAndNothingElse() {
    var keys = keys();
    var wrong = new ArrayList<String>();
    int denied = 0;
    for (var operation : Operations.all()) {
      if (!operation.path().startsWith("/api/") || operation.path().contains("test-manners")) {
        continue;
      }
      for (var role : Role.values()) {
        boolean allowed = operation.roles().orElseThrow().contains(role.word());
        if (allowed && operation.path().equals(STREAM)) {
          continue;
        }
        // The operator's key is every test's: its limit may be spent.
        var answer = await().atMost(Duration.ofSeconds(30)).until(() -> call(FoundedTenant.as(keys.get(role)), operation, UUID.randomUUID().toString()),
            said -> said.statusCode() != 429);
        // A refusal of the rule has no detail; what a use case refuses says why.
        boolean refused = answer.statusCode() == 403 && answer.jsonPath().get("detail") == null;
        denied += refused ? 1 : 0;
        if (refused == allowed || answer.statusCode() == 401 || !allowed && answer.statusCode() != 403) {
          wrong.add(operation + " answers " + role + ": " + answer.statusCode() + " " + answer.asString());
        }
      }
      var nobody = call(RestAssured.given().contentType("application/json"), operation, UUID.randomUUID().toString());
      if (nobody.statusCode() != 401) {
        wrong.add(operation + " answers whoever has no key: " + nobody.statusCode());
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(denied).isGreaterThan(200);
  }

  private static Response call(RequestSpecification request, Operations.Operation operation, String id) {
    var path = operation.path().replaceAll("\\{[^}]+}", id);
    return send(request.contentType(operation.consumes()), operation.method(), path, "{}");
  }

  private static Response send(RequestSpecification request, String method, String path, Object body) {
    var plain = request.urlEncodingEnabled(false).redirects().follow(false);
    return switch (method) {
      case "GET" -> plain.get(path);
      case "DELETE" -> plain.delete(path);
      // As bytes: whatever they are called, they are sent as they are.
      default -> plain.body(body instanceof byte[] bytes ? bytes : body.toString().getBytes(StandardCharsets.UTF_8)).request(method, path);
    };
  }

  @Test
  void whateverIsSentTheAnswerIsInOurWords() {
    var admin = "";
    int asked = 0;
    var deep = "[".repeat(5_000) + "]".repeat(5_000);
    var bodies = List.<Object>of(deep, "{\"a\":" + deep + "}", "\"", "null", "[]", "{\"name\":1e999999999}", "{\"\\u0000\":\"\\u0000\\ud800\"}",
        new byte[] {(byte) 0xc3, 0x28}, "{\"name\":\"" + "x".repeat(100_000) + "\"}", "{\"id\":{\"$ne\":null},\"__proto__\":{}}");
    var ids = List.of("%00", "%0d%0aX-Evil:%201", "..%2f..%2fetc%2fpasswd", "'%20or%20'1'='1", "%ff%fe", "-1", "x".repeat(1_500));
    var queries = List.of("?limit=-1&after=%00", "?after=%0d%0aX-Evil:%201&limit=99999999999", "?q=%27;drop%20table%20ticket;--&sort=x", "?%5B%5D=1&limit=1e9");
    var wrong = new ArrayList<String>();
    for (var operation : Operations.all()) {
      if (operation.path().equals(STREAM) || operation.path().contains("test-manners") || operation.method().equals("DELETE")) {
        continue;
      }
      if (asked++ % 10 == 0) {
        // Another key, before the limits of this one are spent.
        admin = FoundedTenant.found().adminKey();
      }
      var key = admin;
      var random = operation.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
      if (operation.method().equals("GET")) {
        queries.forEach(query -> look(operation, send(FoundedTenant.as(key), "GET", random + query, ""), wrong));
      } else {
        bodies.forEach(body -> look(operation, send(FoundedTenant.as(key), operation.method(), random, body), wrong));
      }
      if (operation.path().contains("{")) {
        ids.forEach(id -> look(operation, call(FoundedTenant.as(key), operation, id), wrong));
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static void look(Operations.Operation operation, Response answer, List<String> wrong) {
    var text = new String(answer.asByteArray(), StandardCharsets.UTF_8);
    if (answer.statusCode() >= 500 || text.contains("Exception") || text.contains("\tat ") || text.contains("dev.posthorn") || text.contains("org.hibernate")) {
      wrong.add(operation + " " + answer.statusCode() + " " + text.substring(0, Math.min(300, text.length())));
    }
    if (answer.header("X-Evil") != null) {
      wrong.add(operation + " lets headers in");
    }
    if (!"nosniff".equals(answer.header("X-Content-Type-Options")) || answer.header("Content-Security-Policy") == null || answer.header("Referrer-Policy") == null) {
      wrong.add(operation + " " + answer.statusCode() + " lacks the headers that every answer has: " + answer.headers());
    }
  }
}
