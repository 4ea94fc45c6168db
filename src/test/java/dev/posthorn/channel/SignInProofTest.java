package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.posthorn.simulator.Browser;
import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody connects a mailbox with a sign-in that is not theirs, or that somebody has tampered with.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class SignInProofTest {
  private SignIns providers;
  private EntraRealm.Person support;
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    providers = new SignIns();
    support = providers.person(SignIns.ACME, "support@acme.example");
    tenant = FoundedTenant.found();
  }

  @AfterEach
  void stop() {
    providers.close();
    assertThat(providers.simulator.complaints().all()).isEmpty();
  }

  @Test
  void nothingIsConnectedBeforeWhoeverSignedInHasReadWhoseTenantItIs() {
    var begun = SignIns.begun(tenant, Map.of());
    var with = Browser.click(begun.getString("authorizationUrl"), "account-" + support.oid());

    var page = RestAssured.given().queryParams(with).get("/oauth/callback").then().statusCode(200)
        .body(allOf(containsString("Tenant " + tenant.slug()), containsString("id=\"connect\"")));
    page.header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
    tenant.get("mailboxes").body("items", org.hamcrest.Matchers.empty());
    var form = RestAssured.given().formParam("state", with.get("state")).formParam("code", with.get("code"));
    form.header("Origin", "https://evil.example").post("/oauth/callback").then().statusCode(403);
    tenant.get("mailboxes").body("items", org.hamcrest.Matchers.empty());

    SignIns.comeBack(with).statusCode(200).body(containsString("is connected"));
  }

  @Test
  void aStateIsGoodOnce() {
    var with = Browser.click(SignIns.begun(tenant, Map.of()).getString("authorizationUrl"), "account-" + support.oid());
    SignIns.comeBack(with).statusCode(200);

    SignIns.comeBack(with).statusCode(404).body(containsString("This sign-in is not known")).body(not(containsString("desk.example")));
    tenant.get("mailboxes").body("items", hasSize(1));
  }

  @Test
  void aStateThatNobodyIssuedIsNotKnown() {
    SignIns.comeBack(Map.of("state", "A".repeat(43), "code", "x")).statusCode(404);
    SignIns.comeBack(Map.of("code", "x")).statusCode(404);
    SignIns.comeBack(Map.of()).statusCode(404);
  }

  @Test
  void aStateDiesWithTheKeyThatBeganIt() {
    var key = tenant.post("api-keys", Map.of("name", "front", "role", "admin")).statusCode(201).extract().jsonPath();
    var begun = FoundedTenant.as(key.getString("key")).body(SignIns.wish(Map.of())).post("/api/v1/mailboxes/authorizations").then().statusCode(201)
        .extract().jsonPath();
    tenant.delete("api-keys/" + key.getString("id")).statusCode(204);

    SignIns.comeBack(Browser.click(begun.getString("authorizationUrl"), "account-" + support.oid())).statusCode(404);
  }

  @Test
  void aCodeOfAnotherSignInIsOfNoUse() { // PKCE
    var ours = SignIns.begun(tenant, Map.of());
    var stolen = Browser.click(SignIns.begun(FoundedTenant.found(), Map.of()).getString("authorizationUrl"), "account-" + support.oid());
    var with = new HashMap<>(stolen);
    with.put("state", ours.getString("state"));

    SignIns.comeBack(with).statusCode(422).body(containsString("AADSTS501481"));
    tenant.get("mailboxes").body("items", hasSize(0));
  }

  @Test
  void whatABrowserBringsIsNoMarkup() {
    var begun = SignIns.begun(tenant, Map.of());

    SignIns.comeBack(Map.of("state", begun.getString("state"), "error", "server_error", "error_description", "<script>alert(1)</script>"))
        .statusCode(422).header("Content-Security-Policy", containsString("default-src 'none'"))
        .body(containsString("&lt;script&gt;")).body(not(containsString("<script>")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonce", "aud", "iss", "tid", "exp", "signature"})
  void anIdentityTokenThatIsNotWhatItShouldBeIsNotBelieved(String what) {
    Map<String, Object> forged = switch (what) {
      case "nonce" -> Map.of("nonce", "x".repeat(43));
      case "aud" -> Map.of("aud", "another-application");
      case "iss" -> Map.of("iss", "https://evil.example/" + SignIns.ACME + "/v2.0");
      // One directory speaks for another.
      case "tid" -> Map.of("tid", SignIns.OTHER);
      case "exp" -> Map.of("exp", 1_000_000_000L);
      default -> Map.of();
    };
    providers.entra.forge(what.equals("signature"), forged);

    SignIns.signIn(tenant, Map.of(), support.oid()).statusCode(422).body(containsString("could not be verified"));
    tenant.get("mailboxes").body("items", hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void clocksMayBeTenMinutesApart(long minutes) {
    providers.simulator.clock().advance(Duration.ofMinutes(minutes));

    SignIns.signIn(tenant, Map.of(), support.oid()).statusCode(200);
  }

  @Test
  void aSignInLeadsBackOnlyWhereItMay() {
    SignIns.begin(tenant, Map.of("returnTo", "https://evil.example/")).statusCode(422).body("errors[0].pointer", equalTo("/returnTo"));
    SignIns.begin(tenant, Map.of("returnTo", "https://desk.example.evil.example/")).statusCode(422);
  }
}
