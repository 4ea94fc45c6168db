package dev.posthorn.login;

import static dev.posthorn.login.Reception.SESSION;
import static dev.posthorn.login.Reception.json;
import static dev.posthorn.login.Reception.patch;
import static dev.posthorn.login.Reception.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.HttpCookie;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a session is good for, and when it is good for nothing any more.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
class LoginSessionTest {
  @Inject Session rows;

  private Reception reception;

  @BeforeEach
  void open() {
    reception = new Reception(new BelievingDoorkeeper(), rows);
  }

  @Test
  void theCookieIsSealedAndOutOfReachOfScripts() {
    var visitor = reception.founder();
    var cookie = visitor.cookie(SESSION);

    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getValue()).doesNotContain(reception.someone, "secret", "tenant").matches("[A-Za-z0-9._-]+").hasSizeLessThan(3_000);
    var page = visitor.open("/login");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void aCookieThatSomebodyChangedIsGoodForNothing() {
    var visitor = reception.founder();
    var cookie = visitor.cookie(SESSION);
    var value = cookie.getValue();
    cookie.setValue(value.substring(0, value.length() - 3) + (value.endsWith("AAA") ? "BBB" : "AAA"));

    assertThat(visitor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  void aCookieOfAnotherKindIsNoSession() {
    var visitor = reception.visitor();
    visitor.signIn("acme");
    visitor.put(new HttpCookie(SESSION, visitor.cookie("posthorn-arrival").getValue()));

    assertThat(visitor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  void theApiSignsOutToo() {
    var visitor = reception.founder();
    var copy = (HttpCookie) visitor.cookie(SESSION).clone();

    assertThat(visitor.api("DELETE", "/session", null).statusCode()).isEqualTo(204);

    visitor.put(copy);
    assertThat(visitor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  void whoSignsInAndOutStandsInTheAudit() {
    var visitor = reception.founder();
    var agent = session(visitor).get("agentId").asText();
    assertThat(visitor.api("DELETE", "/session", null).statusCode()).isEqualTo(204);
    visitor.signIn("acme");

    var deeds = json(visitor.api("GET", "/audit", null)).get("items");

    assertThat(deeds).filteredOn(deed -> deed.get("action").asText().equals("SignIn_begun")).hasSize(2)
        .allSatisfy(deed -> assertThat(deed.get("agentId").asText()).isEqualTo(agent))
        .allSatisfy(deed -> assertThat(deed.get("remoteAddress").asText()).isEqualTo("127.0.0.1"));
    assertThat(deeds).filteredOn(deed -> deed.get("action").asText().equals("SignIn_ended")).hasSize(1);
  }

  @Test
  void anotherSitesPageChangesNothingWithTheCookie() {
    var visitor = reception.founder();
    var category = "{\"name\":\"C\"}";

    for (var origin : List.of("https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1:1")) {
      var refused = visitor.api("POST", "/categories", category, origin);
      assertThat(refused.statusCode()).as(origin).isEqualTo(403);
      assertThat(json(refused).get("type").asText()).isEqualTo("/problems/foreign-origin");
    }
    var silent = RestAssured.given().cookie(SESSION, visitor.cookie(SESSION).getValue()).contentType("application/json").body(category).post("/api/v1/categories");
    assertThat(silent.statusCode()).isEqualTo(403);
    assertThat(RestAssured.given().cookie(SESSION, visitor.cookie(SESSION).getValue()).contentType("application/json").delete("/api/v1/session").statusCode())
        .isEqualTo(403);
    assertThat(visitor.api("POST", "/categories", category).statusCode()).isEqualTo(201);
    assertThat(visitor.send("/login/sign-out", Map.of(), "https://evil.example").statusCode()).isEqualTo(403);
    session(visitor);
  }

  @Test
  void anAgentWhoIsNotActiveIsOutAtOnce() {
    var admin = reception.founder();
    var ben = reception.invited(admin, "ben");
    var id = session(ben).get("agentId").asText();
    var key = json(admin.api("POST", "/api-keys", "{\"name\":\"K\",\"role\":\"agent\",\"agentId\":\"" + id + "\"}")).get("key").asText();
    assertThat(FoundedTenant.as(key).get("/api/v1/session").statusCode()).isEqualTo(200);

    var shut = patch(admin, "/agents/" + id, "{\"active\":false}");

    assertThat(shut.statusCode()).as(shut.body()).isEqualTo(200);
    assertThat(ben.api("GET", "/session", null).statusCode()).isEqualTo(401);
    assertThat(FoundedTenant.as(key).get("/api/v1/session").statusCode()).isEqualTo(401);
    assertThat(ben.signIn("acme").body()).contains("Begin anew").doesNotContain(reception.acme());
    patch(admin, "/agents/" + id, "{\"active\":true}");
    assertThat(FoundedTenant.as(key).get("/api/v1/session").statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyShutsTheDoorBehindThemselves() {
    var admin = reception.founder();

    assertThat(patch(admin, "/agents/" + session(admin).get("agentId").asText(), "{\"active\":false}").statusCode()).isEqualTo(422);
  }

  @Test
  void aSessionMayDoWhatItsRoleMay() {
    var admin = reception.founder();
    var ben = reception.invited(admin, "ben");

    assertThat(ben.api("GET", "/api-keys", null).statusCode()).isEqualTo(403);
    assertThat(ben.api("POST", "/invitations", "{\"email\":\"x@y.example\",\"name\":\"X\",\"role\":\"" + Role.ADMIN.word() + "\"}").statusCode()).isEqualTo(403);
    patch(admin, "/agents/" + session(ben).get("agentId").asText(), "{\"role\":\"admin\"}");
    assertThat(ben.api("GET", "/api-keys", null).statusCode()).as("the new role counts at once").isEqualTo(200);
  }
}
