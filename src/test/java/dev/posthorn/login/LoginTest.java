package dev.posthorn.login;

import static dev.posthorn.login.Visitor.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/// People sign in at a real server of OpenID Connect, with a browser that keeps cookies.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
class LoginTest {
  private static final String SESSION = "posthorn-session";

  private final String someone = UUID.randomUUID().toString();
  private final String domain = someone.substring(0, 8) + ".example";

  @Inject Session rows;

  private Visitor visitor(String subject, String email, boolean verified) {
    return new Visitor(subject, "{\"email\":\"" + email + "\",\"email_verified\":" + verified + ",\"name\":\"Name of " + subject + "\"}");
  }

  private Visitor founder(String subject, String company) {
    var visitor = visitor(subject, subject + "@" + domain, true);
    assertThat(visitor.signIn("acme").body()).contains("Begin anew");
    visitor.choose(Map.of("way", "found", "company", company));
    return visitor;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.statusCode() + " " + answer.body(), e);
    }
  }

  private static JsonNode session(Visitor visitor) {
    var answer = visitor.api("GET", "/session", null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static String made(Visitor visitor, String path, String body) {
    var answer = visitor.api("POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).get("id").asText();
  }

  @Test
  void whoeverSignsInFirstFoundsATenantWithEverythingThatANewOneHas() {
    var visitor = visitor(someone, "anna@" + domain, true);

    assertThat(visitor.open("/login").body()).contains("Sign in with acme", "Sign in with other");
    var welcome = visitor.signIn("acme");
    assertThat(welcome.body()).contains("Welcome, Name of " + someone);
    assertThat(visitor.choose(Map.of("way", "found", "company", "Müller " + someone)).uri().getPath()).isEqualTo("/problems/gone");

    var me = session(visitor);
    assertThat(me.get("tenantName").asText()).isEqualTo("Müller " + someone);
    assertThat(me.get("tenantSlug").asText()).startsWith("muller-");
    assertThat(me.get("role").asText()).isEqualTo("admin");
    assertThat(me.get("via").asText()).isEqualTo("session");
    var queue = json(visitor.api("GET", "/queues", null)).get("items").get(0);
    assertThat(queue.get("name").asText()).isEqualTo("Inbox");
    assertThat(queue.get("agentIds").get(0)).isEqualTo(me.get("agentId"));
    var agent = json(visitor.api("GET", "/agents/" + me.get("agentId").asText(), null));
    assertThat(agent.get("email").asText()).isEqualTo("anna@" + domain);
    assertThat(agent.get("teamIds")).hasSize(1);
  }

  @Test
  void whoeverComesAgainIsTheSameAndGoesStraightIn() {
    var first = session(founder(someone, "Acme " + someone));
    var again = visitor(someone, "another-address@" + domain, false);

    assertThat(again.signIn("acme").uri().getPath()).isEqualTo("/problems/gone");
    assertThat(session(again)).isEqualTo(first);
  }

  @Test
  void twoCompaniesOfOneNameHaveTheirOwnAddresses() {
    var first = session(founder(someone + "a", "Acme " + someone));
    var second = session(founder(someone + "b", "Acme " + someone));

    assertThat(second.get("tenantSlug")).isNotEqualTo(first.get("tenantSlug"));
    assertThat(second.get("tenantId")).isNotEqualTo(first.get("tenantId"));
  }

  @Test
  void theSameAddressAtAnotherProviderIsSomebodyElse() {
    founder(someone, "Acme " + someone);
    var impostor = visitor(someone, someone + "@" + domain, true);

    var welcome = impostor.signIn("other");

    assertThat(welcome.body()).contains("Begin anew").doesNotContain("Acme " + someone);
    assertThat(impostor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  void theCookieIsSealedAndOutOfReachOfScripts() {
    var visitor = founder(someone, "Acme " + someone);
    var cookie = visitor.cookie(SESSION);

    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getValue()).doesNotContain(someone, "secret", "tenant").matches("[A-Za-z0-9._-]+").hasSizeLessThan(3_000);
    var page = visitor.open("/login");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void nothingOfTheProvidersTokensIsKept() {
    var visitor = visitor(someone, "anna@" + domain, true);
    visitor.signIn("acme");

    assertThat(visitor.cookies()).as("and whoever signs in again is asked again").containsExactly("posthorn-arrival");
    visitor.choose(Map.of("way", "found", "company", "Acme " + someone));
    assertThat(visitor.cookies()).containsExactly(SESSION);
  }

  @Test
  void aCookieThatSomebodyChangedIsGoodForNothing() {
    var visitor = founder(someone, "Acme " + someone);
    var cookie = visitor.cookie(SESSION);
    var value = cookie.getValue();
    cookie.setValue(value.substring(0, value.length() - 3) + (value.endsWith("AAA") ? "BBB" : "AAA"));

    assertThat(visitor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  void aCookieOfAnotherKindIsNoSession() {
    var visitor = visitor(someone, "anna@" + domain, true);
    visitor.signIn("acme");
    var arrival = visitor.cookie("posthorn-arrival");
    var session = new java.net.HttpCookie(SESSION, arrival.getValue());
    visitor.put(session);

    assertThat(visitor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  void whoeverSignsOutIsOutAlsoWithACopyOfTheCookie() {
    var visitor = founder(someone, "Acme " + someone);
    var copy = (java.net.HttpCookie) visitor.cookie(SESSION).clone();
    session(visitor);

    var page = visitor.send("/login/sign-out", Map.of(), Visitor.url(""));

    assertThat(page.body()).contains("You are signed out", "/acme/endsession?client_id=posthorn-acme&amp;post_logout_redirect_uri=");
    assertThat(visitor.cookie(SESSION)).isNull();
    visitor.put(copy);
    assertThat(visitor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  void whoSignsInAndOutStandsInTheAudit() {
    var visitor = founder(someone, "Audited " + someone);
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
  void theApiSignsOutToo() {
    var visitor = founder(someone, "Acme " + someone);
    var copy = (java.net.HttpCookie) visitor.cookie(SESSION).clone();

    assertThat(visitor.api("DELETE", "/session", null).statusCode()).isEqualTo(204);

    visitor.put(copy);
    assertThat(visitor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  void anotherSitesPageChangesNothingWithTheCookie() {
    var visitor = founder(someone, "Acme " + someone);
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
    var admin = founder(someone, "Acme " + someone);
    var ben = invited(admin, "ben");
    var id = session(ben).get("agentId").asText();
    var key = json(admin.api("POST", "/api-keys", "{\"name\":\"K\",\"role\":\"agent\",\"agentId\":\"" + id + "\"}")).get("key").asText();
    assertThat(FoundedTenant.as(key).get("/api/v1/session").statusCode()).isEqualTo(200);

    var shut = patch(admin, "/agents/" + id, "{\"active\":false}");

    assertThat(shut.statusCode()).as(shut.body()).isEqualTo(200);
    assertThat(ben.api("GET", "/session", null).statusCode()).isEqualTo(401);
    assertThat(FoundedTenant.as(key).get("/api/v1/session").statusCode()).isEqualTo(401);
    assertThat(ben.signIn("acme").body()).contains("Begin anew").doesNotContain("Acme " + someone);
    patch(admin, "/agents/" + id, "{\"active\":true}");
    assertThat(FoundedTenant.as(key).get("/api/v1/session").statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyShutsTheDoorBehindThemselves() {
    var admin = founder(someone, "Acme " + someone);

    assertThat(patch(admin, "/agents/" + session(admin).get("agentId").asText(), "{\"active\":false}").statusCode()).isEqualTo(422);
  }

  private static HttpResponse<String> patch(Visitor visitor, String path, String body) {
    return visitor.api("PATCH", path, body);
  }

  /// Somebody invited by mail.
  private Visitor invited(Visitor admin, String name) {
    var link = invite(admin, name);
    var visitor = visitor(someone + name, name + "@private.example", false);
    assertThat(visitor.open(link).body()).contains("Accept the invitation");
    assertThat(visitor.signIn("acme").body()).contains("Join Acme " + someone + " as agent");
    visitor.choose(Map.of("way", "accept"));
    return visitor;
  }

  private String invite(Visitor admin, String name) {
    made(admin, "/invitations", "{\"email\":\"" + name + "@" + domain + "\",\"name\":\"" + name + "\",\"role\":\"agent\"}");
    return linkTo(admin, name + "@" + domain);
  }

  /// The path of the link in the last mail to somebody.
  private String linkTo(Visitor admin, String address) {
    var tenant = new FoundedTenant(new dev.posthorn.tenant.TenantId(UUID.fromString(session(admin).get("tenantId").asText())), "", "");
    String id = tenant.in(() -> rows.createNativeQuery("""
            select m.message_id from outbound_mail m join outbound_recipient r on r.tenant_id = m.tenant_id and r.outbound_mail_id = m.id
            where r.address = :address order by m.id desc limit 1""", String.class)
        .setParameter("address", address).getSingleResult());
    var mail = CustomerServer.received(address, id).replace("=\r\n", "");
    var found = Pattern.compile("http://localhost:8080(/login/invitations/[A-Za-z0-9_-]+)").matcher(mail);
    assertThat(found.find()).as(mail).isTrue();
    return found.group(1);
  }

  @Test
  void anInvitationComesByMailAndIsGoodOnce() {
    var admin = founder(someone, "Acme " + someone);
    var link = invite(admin, "ben");
    var ben = visitor(someone + "ben", "ben@private.example", false);
    ben.open(link);
    ben.signIn("other");
    ben.choose(Map.of("way", "accept"));

    var me = session(ben);
    assertThat(me.get("tenantName").asText()).isEqualTo("Acme " + someone);
    assertThat(me.get("role").asText()).isEqualTo("agent");
    assertThat(json(admin.api("GET", "/agents/" + me.get("agentId").asText(), null)).get("email").asText())
        .as("the address that the mail went to, not the one that the provider says").isEqualTo("ben@" + domain);
    var listed = json(admin.api("GET", "/invitations", null)).get("items").get(0);
    assertThat(listed.get("state").asText()).isEqualTo("accepted");
    assertThat(listed.get("agentId")).isEqualTo(me.get("agentId"));

    var thief = visitor(someone + "thief", "thief@elsewhere.example", true);
    thief.open(link);
    assertThat(thief.signIn("acme").body()).doesNotContain("Acme " + someone);
    assertThat(thief.choose(Map.of("way", "accept")).statusCode()).isEqualTo(403);
    assertThat(thief.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  void anInvitationThatWasTakenBackOrIsTooOldIsGoodForNothing() {
    var admin = founder(someone, "Acme " + someone);
    var id = made(admin, "/invitations", "{\"email\":\"ben@" + domain + "\",\"name\":\"Ben\",\"role\":\"agent\"}");
    var link = linkTo(admin, "ben@" + domain);
    assertThat(admin.api("DELETE", "/invitations/" + id, null).statusCode()).isEqualTo(204);
    var old = invite(admin, "cleo");
    new FoundedTenant(new dev.posthorn.tenant.TenantId(UUID.fromString(session(admin).get("tenantId").asText())), "", "").in(() -> rows
        .createNativeMutationQuery("update invitation set expires_at = now() - interval '1 second'").executeUpdate());

    for (var used : List.of(link, old)) {
      var visitor = visitor(UUID.randomUUID().toString(), "x@elsewhere.example", true);
      visitor.open(used);
      assertThat(visitor.signIn("acme").body()).doesNotContain("Acme " + someone);
      assertThat(visitor.choose(Map.of("way", "accept")).statusCode()).isEqualTo(403);
    }
    assertThat(json(admin.api("GET", "/invitations", null)).get("items").get(0).get("state").asText()).isEqualTo("expired");
  }

  @Test
  void nobodyIsInvitedIntoATeamThatIsNotThere() {
    var admin = founder(someone, "Acme " + someone);

    assertThat(admin.api("POST", "/invitations", "{\"email\":\"ben@" + domain + "\",\"name\":\"Ben\",\"role\":\"agent\",\"teamIds\":[\""
        + UUID.randomUUID() + "\"]}").statusCode()).isEqualTo(422);
    assertThat(admin.api("POST", "/invitations", "{\"email\":\"ben@" + domain + "\",\"name\":\"Ben\\r\\nBcc: x@y.example\",\"role\":\"agent\"}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void thePeopleOfAProvenDomainJoinWithAnAddressThatTheirProviderHasVerified() {
    var admin = founder(someone, "Acme " + someone);
    assertThat(admin.api("POST", "/sign-in-domains", "{\"domain\":\"" + domain + "\"}").statusCode()).as("a domain that is not proven").isEqualTo(422);
    made(admin, "/sending-domains", "{\"domain\":\"" + domain + "\"}");
    made(admin, "/sign-in-domains", "{\"domain\":\"" + domain + "\"}");

    var early = visitor(someone + "early", "early@" + domain, true);
    assertThat(early.signIn("acme").body()).as("not proven yet").doesNotContain("Acme " + someone);
    verified(admin);
    var claims = visitor(someone + "claims", "boss@" + domain, false);
    assertThat(claims.signIn("acme").body()).as("an address that anybody can claim").doesNotContain("Acme " + someone);
    assertThat(claims.choose(Map.of("way", "join", "tenant", session(admin).get("tenantId").asText())).statusCode()).isEqualTo(403);
    var elsewhere = visitor(someone + "elsewhere", "x@sub." + domain, true);
    assertThat(elsewhere.signIn("acme").body()).doesNotContain("Acme " + someone);
    var ours = visitor(someone + "ours", "dora@" + domain, true);
    assertThat(ours.signIn("acme").body()).contains("Join Acme " + someone + " as agent");
    ours.choose(Map.of("way", "join", "tenant", session(admin).get("tenantId").asText()));

    assertThat(session(ours).get("tenantName").asText()).isEqualTo("Acme " + someone);
    assertThat(session(ours).get("role").asText()).isEqualTo("agent");
    var again = visitor(someone + "again", "dora@" + domain, true);
    again.signIn("other");
    assertThat(again.choose(Map.of("way", "join", "tenant", session(admin).get("tenantId").asText())).statusCode())
        .as("an address makes nobody an agent who is there").isEqualTo(409);
  }

  private void verified(Visitor admin) {
    new FoundedTenant(new dev.posthorn.tenant.TenantId(UUID.fromString(session(admin).get("tenantId").asText())), "", "").in(() -> rows
        .createNativeMutationQuery("update sending_domain set state = 'verified'").executeUpdate());
  }

  @Test
  void whoeverBelongsToSeveralTenantsChooses() {
    var admin = founder(someone, "Acme " + someone);
    var both = founder(someone + "both", "Other " + someone);
    var link = invite(admin, "both");
    both.open(link);
    both.signIn("acme");
    both.choose(Map.of("way", "accept"));
    assertThat(session(both).get("tenantName").asText()).isEqualTo("Acme " + someone);

    var page = both.signIn("acme");
    assertThat(page.body()).contains("Acme " + someone, "Other " + someone);
    var other = found(page, "name=\"tenant\" value=\"([0-9a-f-]{36})\">\\s*<button id=\"enter-[^\"]*\">Other");
    both.choose(Map.of("way", "enter", "tenant", other));

    assertThat(session(both).get("tenantName").asText()).isEqualTo("Other " + someone);
    var stranger = visitor(someone + "stranger", "s@elsewhere.example", true);
    stranger.signIn("acme");
    assertThat(stranger.choose(Map.of("way", "enter", "tenant", other)).statusCode()).isEqualTo(403);
  }

  @Test
  void anAnswerWithoutAQuestionSignsNobodyIn() {
    var visitor = visitor(someone, "anna@" + domain, true);

    var answer = visitor.open("/login/with/acme/back?code=abc&state=" + UUID.randomUUID());

    assertThat(answer.uri().getPath()).isNotEqualTo("/login/entrance");
    assertThat(visitor.cookie("posthorn-arrival")).isNull();
    assertThat(visitor.open("/login/with/nobody").statusCode()).isEqualTo(404);
    assertThat(visitor.open("/login/entrance").uri().getPath()).isEqualTo("/login");
  }

  @Test
  void whoeverGivesUpAtTheProviderBeginsAgain() {
    var visitor = visitor(someone, "anna@" + domain, true);
    assertThat(visitor.open("/login/with/acme").uri().getPath()).startsWith("/acme/");

    assertThat(visitor.signIn("acme").body()).contains("Begin anew");
    assertThat(visitor.open("/login/declined?error=access_denied").body()).contains("access_denied");
    assertThat(visitor.open("/login/declined?error=%3Cscript%3E").body()).doesNotContain("<script>");
  }

  @Test
  void aProviderThatDoesNotAnswerIsTroubleAndNoMistakeOfOurs() {
    assertThat(visitor(someone, "anna@" + domain, true).open("/login/with/down").statusCode()).isEqualTo(503);
  }

  @Test
  void aFormOfAnotherSiteDecidesNothing() {
    var visitor = visitor(someone, "anna@" + domain, true);
    visitor.signIn("acme");

    assertThat(visitor.send("/login/entrance", Map.of("way", "found", "company", "Evil"), "https://evil.example").statusCode()).isEqualTo(403);
    assertThat(visitor.choose(Map.of("way", "found", "company", "x\r\ny")).statusCode()).isEqualTo(400);
    assertThat(visitor.choose(Map.of("way", "steal")).statusCode()).isEqualTo(400);
  }

  @Test
  void theApiTakesAccessTokensThatAreForIt() {
    var robot = visitor("robot-" + someone, "robot@" + domain, true);
    robot.signIn("other");
    robot.choose(Map.of("way", "found", "company", "Robots " + someone));

    var good = token("other", "robot-" + someone, ProviderServer.AUDIENCE);
    assertThat(FoundedTenant.as(good).get("/api/v1/session").jsonPath().getString("tenantName")).isEqualTo("Robots " + someone);
    var made = FoundedTenant.as(good).header("Idempotency-Key", "k").body(Map.of("name", "C")).post("/api/v1/categories");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(FoundedTenant.as(good).header("Idempotency-Key", "k").body(Map.of("name", "C")).post("/api/v1/categories").asString())
        .isEqualTo(made.asString());

    assertThat(status(token("other", "robot-" + someone, "another-api"))).as("for another application").isEqualTo(401);
    assertThat(status(token("other", "nobody-" + someone, ProviderServer.AUDIENCE))).as("of nobody").isEqualTo(401);
    assertThat(status(token("acme", "robot-" + someone, ProviderServer.AUDIENCE))).as("of a provider whose tokens are not taken").isEqualTo(401);
    assertThat(status(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA")).as("with another signature").isEqualTo(401);
    assertThat(status(good.substring(0, good.lastIndexOf('.') + 1))).as("with none").isEqualTo(401);
    assertThat(FoundedTenant.as(good).header("Posthorn-Tenant", "elsewhere").get("/api/v1/session").statusCode()).isEqualTo(401);
  }

  private static int status(String token) {
    return FoundedTenant.as(token).get("/api/v1/session").statusCode();
  }

  private static String token(String provider, String client, String audience) {
    return RestAssured.given().formParam("grant_type", "client_credentials").formParam("client_id", client).formParam("client_secret", "s")
        .formParam("scope", audience).post(System.getProperty("posthorn.test.provider-url") + provider + "/token").then().statusCode(200).extract().path("access_token");
  }

  @Test
  void aSessionMayDoWhatItsRoleMay() {
    var admin = founder(someone, "Acme " + someone);
    var ben = invited(admin, "ben");

    assertThat(ben.api("GET", "/api-keys", null).statusCode()).isEqualTo(403);
    assertThat(ben.api("POST", "/invitations", "{\"email\":\"x@y.example\",\"name\":\"X\",\"role\":\"" + Role.ADMIN.word() + "\"}").statusCode()).isEqualTo(403);
    patch(admin, "/agents/" + session(ben).get("agentId").asText(), "{\"role\":\"admin\"}");
    assertThat(ben.api("GET", "/api-keys", null).statusCode()).as("the new role counts at once").isEqualTo(200);
  }
}
