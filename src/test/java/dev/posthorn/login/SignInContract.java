package dev.posthorn.login;

import static dev.posthorn.login.Reception.json;
import static dev.posthorn.login.Reception.made;
import static dev.posthorn.login.Reception.session;
import static dev.posthorn.login.Visitor.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.FoundedTenant;
import java.net.HttpCookie;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How people sign in, at whichever server of OpenID Connect: with a browser that keeps cookies, against the whole application.
interface SignInContract {
  /// The people of this test, at the server in question.
  Reception reception();

  @Test
  default void whoeverSignsInFirstFoundsATenantWithEverythingThatANewOneHas() {
    var someone = reception().someone;
    var visitor = reception().visitor();

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
    assertThat(agent.get("email").asText()).isEqualTo("anna@" + reception().domain);
    assertThat(agent.get("teamIds")).hasSize(1);
  }

  @Test
  default void whoeverComesAgainIsTheSameAndGoesStraightIn() {
    var first = session(reception().founder());
    var again = reception().visitor(reception().someone, "another-address@" + reception().domain, false);

    assertThat(again.signIn("acme").uri().getPath()).isEqualTo("/problems/gone");
    assertThat(session(again)).isEqualTo(first);
  }

  @Test
  default void twoCompaniesOfOneNameHaveTheirOwnAddresses() {
    var first = session(reception().founder(reception().someone + "a", reception().acme()));
    var second = session(reception().founder(reception().someone + "b", reception().acme()));

    assertThat(second.get("tenantSlug")).isNotEqualTo(first.get("tenantSlug"));
    assertThat(second.get("tenantId")).isNotEqualTo(first.get("tenantId"));
  }

  @Test
  default void theSameAddressAtAnotherProviderIsSomebodyElse() {
    var founder = reception().founder();
    var impostor = reception().visitor(reception().someone, founder.person().email(), true);

    var welcome = impostor.signIn("other");

    assertThat(welcome.body()).contains("Begin anew").doesNotContain(reception().acme());
    assertThat(impostor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  default void nothingOfTheProvidersTokensIsKept() {
    var visitor = reception().visitor();
    visitor.signIn("acme");

    assertThat(visitor.cookies()).as("and whoever signs in again is asked again").containsExactly("posthorn-arrival");
    visitor.choose(Map.of("way", "found", "company", reception().acme()));
    assertThat(visitor.cookies()).containsExactly(Reception.SESSION);
  }

  @Test
  default void whoeverSignsOutIsOutAlsoWithACopyOfTheCookie() {
    var visitor = reception().founder();
    var copy = (HttpCookie) visitor.cookie(Reception.SESSION).clone();
    session(visitor);

    var page = visitor.send("/login/sign-out", Map.of(), Visitor.url(""));

    assertThat(page.body()).contains("You are signed out", reception().doorkeeper().path("acme") + "/", "client_id=posthorn-acme&amp;post_logout_redirect_uri=");
    assertThat(visitor.cookie(Reception.SESSION)).isNull();
    visitor.put(copy);
    assertThat(visitor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  default void anInvitationComesByMailAndIsGoodOnce() {
    var admin = reception().founder();
    var link = reception().invite(admin, "ben");
    var ben = reception().visitor(reception().someone + "ben", "ben@private.example", false);
    ben.open(link);
    ben.signIn("other");
    ben.choose(Map.of("way", "accept"));

    var me = session(ben);
    assertThat(me.get("tenantName").asText()).isEqualTo(reception().acme());
    assertThat(me.get("role").asText()).isEqualTo("agent");
    assertThat(json(admin.api("GET", "/agents/" + me.get("agentId").asText(), null)).get("email").asText())
        .as("the address that the mail went to, not the one that the provider says").isEqualTo("ben@" + reception().domain);
    var listed = json(admin.api("GET", "/invitations", null)).get("items").get(0);
    assertThat(listed.get("state").asText()).isEqualTo("accepted");
    assertThat(listed.get("agentId")).isEqualTo(me.get("agentId"));

    var thief = reception().visitor(reception().someone + "thief", "thief@elsewhere.example", true);
    thief.open(link);
    assertThat(thief.signIn("acme").body()).doesNotContain(reception().acme());
    assertThat(thief.choose(Map.of("way", "accept")).statusCode()).isEqualTo(403);
    assertThat(thief.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  @Test
  default void thePeopleOfAProvenDomainJoinWithAnAddressThatTheirProviderHasVerified() {
    var someone = reception().someone;
    var domain = reception().domain;
    var acme = reception().acme();
    var admin = reception().founder();
    var tenant = session(admin).get("tenantId").asText();
    assertThat(admin.api("POST", "/sign-in-domains", "{\"domain\":\"" + domain + "\"}").statusCode()).as("a domain that is not proven").isEqualTo(422);
    made(admin, "/sending-domains", "{\"domain\":\"" + domain + "\"}");
    made(admin, "/sign-in-domains", "{\"domain\":\"" + domain + "\"}");

    var early = reception().visitor(someone + "early", "early@" + domain, true);
    assertThat(early.signIn("acme").body()).as("not proven yet").doesNotContain(acme);
    reception().change(admin, "update sending_domain set state = 'verified'");
    var claims = reception().visitor(someone + "claims", "boss@" + domain, false);
    assertThat(claims.signIn("acme").body()).as("an address that anybody can claim").doesNotContain(acme);
    assertThat(claims.choose(Map.of("way", "join", "tenant", tenant)).statusCode()).isEqualTo(403);
    var elsewhere = reception().visitor(someone + "elsewhere", "x@sub." + domain, true);
    assertThat(elsewhere.signIn("acme").body()).doesNotContain(acme);
    var ours = reception().visitor(someone + "ours", "dora@" + domain, true);
    assertThat(ours.signIn("acme").body()).contains("Join " + acme + " as agent");
    ours.choose(Map.of("way", "join", "tenant", tenant));

    assertThat(session(ours).get("tenantName").asText()).isEqualTo(acme);
    assertThat(session(ours).get("role").asText()).isEqualTo("agent");
    var again = reception().visitor(someone + "again", "dora@" + domain, true);
    again.signIn("other");
    assertThat(again.choose(Map.of("way", "join", "tenant", tenant)).statusCode())
        .as("an address makes nobody an agent who is there").isEqualTo(409);
  }

  @Test
  default void whoeverBelongsToSeveralTenantsChooses() {
    var admin = reception().founder();
    var other = "Other " + reception().someone;
    var both = reception().founder(reception().someone + "both", other);
    both.open(reception().invite(admin, "both"));
    both.signIn("acme");
    both.choose(Map.of("way", "accept"));
    assertThat(session(both).get("tenantName").asText()).isEqualTo(reception().acme());

    var page = both.signIn("acme");
    assertThat(page.body()).contains(reception().acme(), other);
    var there = found(page, "name=\"tenant\" value=\"([0-9a-f-]{36})\">\\s*<button id=\"enter-[^\"]*\">Other");
    both.choose(Map.of("way", "enter", "tenant", there));

    assertThat(session(both).get("tenantName").asText()).isEqualTo(other);
    var stranger = reception().visitor(reception().someone + "stranger", "s@elsewhere.example", true);
    stranger.signIn("acme");
    assertThat(stranger.choose(Map.of("way", "enter", "tenant", there)).statusCode()).isEqualTo(403);
  }

  @Test
  default void whoeverGivesUpAtTheProviderBeginsAgain() {
    var visitor = reception().visitor();
    assertThat(visitor.goTo("acme").uri().getPath()).startsWith(reception().doorkeeper().path("acme"));

    assertThat(visitor.signIn("acme").body()).contains("Begin anew");
  }

  @Test
  default void theApiTakesAccessTokensThatAreForIt() {
    var robot = reception().visitor("robot-" + reception().someone, "robot@" + reception().domain, true);
    robot.signIn("other");
    robot.choose(Map.of("way", "found", "company", "Robots " + reception().someone));

    var good = reception().doorkeeper().token("other", robot.person(), Doorkeeper.AUDIENCE);
    assertThat(FoundedTenant.as(good).get("/api/v1/session").jsonPath().getString("tenantName")).isEqualTo("Robots " + reception().someone);
    var made = FoundedTenant.as(good).header("Idempotency-Key", "k").body(Map.of("name", "C")).post("/api/v1/categories");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(FoundedTenant.as(good).header("Idempotency-Key", "k").body(Map.of("name", "C")).post("/api/v1/categories").asString())
        .isEqualTo(made.asString());

    assertThat(status(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA")).as("with another signature").isEqualTo(401);
    assertThat(status(good.substring(0, good.lastIndexOf('.') + 1))).as("with none").isEqualTo(401);
    assertThat(FoundedTenant.as(good).header("Posthorn-Tenant", "elsewhere").get("/api/v1/session").statusCode()).isEqualTo(401);
  }

  @Test
  default void theApiTakesNoOtherTokens() {
    var robot = reception().visitor("robot-" + reception().someone, "robot@" + reception().domain, true);
    robot.signIn("other");
    robot.choose(Map.of("way", "found", "company", "Robots " + reception().someone));
    var nobody = new Visitor.Person("nobody-" + reception().someone, "nobody@" + reception().domain, true);
    var doorkeeper = reception().doorkeeper();

    assertThat(status(doorkeeper.token("other", robot.person(), Doorkeeper.OTHER_AUDIENCE))).as("for another application").isEqualTo(401);
    assertThat(status(doorkeeper.token("other", nobody, Doorkeeper.AUDIENCE))).as("of nobody").isEqualTo(401);
    assertThat(status(doorkeeper.token("acme", robot.person(), Doorkeeper.AUDIENCE))).as("of a provider whose tokens are not taken").isEqualTo(401);
    assertThat(status(doorkeeper.token("foreign", robot.person(), Doorkeeper.AUDIENCE))).as("of a provider that is none of ours").isEqualTo(401);
  }

  private static int status(String token) {
    return FoundedTenant.as(token).get("/api/v1/session").statusCode();
  }
}
