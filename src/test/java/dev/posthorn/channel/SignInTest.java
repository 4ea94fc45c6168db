package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.simulator.Browser;
import dev.posthorn.simulator.EntraError;
import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.GoogleRealm;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class SignInTest {
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
  void oneSignInSetsUpBothDirections() { // EH-31, OD-05, OD-26
    var begun = SignIns.begun(tenant, Map.of("name", "Support"));

    SignIns.comeBack(Browser.click(begun.getString("authorizationUrl"), "account-" + support.oid())).statusCode(200)
        .header("Cache-Control", "no-store").header("Referrer-Policy", "no-referrer")
        .body(allOf(containsString("support@acme.example is connected"), containsString(SimulatedProviders.DESK + "setup?authorizationId="),
            containsString("outcome=connected")));

    var mailbox = tenant.get("mailboxes").body("items", hasSize(1)).extract().jsonPath();
    assertThat(mailbox.getString("items[0].kind")).isEqualTo("microsoft365");
    assertThat(mailbox.getString("items[0].name")).isEqualTo("Support");
    assertThat(mailbox.getString("items[0].address")).isEqualTo("support@acme.example");
    tenant.get("inbound-channels/" + mailbox.getString("items[0].inboundChannelId")).body("kind", equalTo("mailbox"))
        .body("address", equalTo("support@acme.example")).body("replyViaId", equalTo(mailbox.getString("items[0].outboundChannelId")));
    tenant.get("outbound-channels/" + mailbox.getString("items[0].outboundChannelId")).body("kind", equalTo("microsoft365"))
        .body("fromAddress", equalTo("support@acme.example"));
    tenant.get("suppressions?reason=own-address").body("items.pattern", hasItem("support@acme.example"));
    tenant.get("mailboxes/authorizations/" + begun.getString("id")).body("outcome", equalTo("connected"))
        .body("mailboxId", equalTo(mailbox.getString("items[0].id"))).body("problem", nullValue());
  }

  @Test
  void aSignInThatIsUnderWayCanBeAskedAboutAndGivenUp() {
    var begun = SignIns.begun(tenant, Map.of());
    var path = "mailboxes/authorizations/" + begun.getString("id");
    tenant.get(path).statusCode(200).body("outcome", equalTo("pending")).body("expiresAt", notNullValue()).header("ETag", notNullValue())
        .body(not(containsString(begun.getString("state"))));

    tenant.delete(path).statusCode(204);

    tenant.get(path).statusCode(404);
    SignIns.comeBack(Browser.click(begun.getString("authorizationUrl"), "account-" + support.oid())).statusCode(404);
    tenant.get("mailboxes").body("items", hasSize(0));
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
  void whoeverDeclinesIsToldWhatHelps() {
    var begun = SignIns.begun(tenant, Map.of());

    SignIns.comeBack(Browser.click(begun.getString("authorizationUrl"), "cancel")).statusCode(422)
        .body(allOf(containsString("AADSTS65004"), containsString("Nobody consented"), containsString("outcome=refused")));

    tenant.get("mailboxes/authorizations/" + begun.getString("id")).body("outcome", equalTo("refused")).body("problem", equalTo("sign-in-failed"))
        .body("remedy", containsString("Nobody consented"));
  }

  @Test
  void whatABrowserBringsIsNoMarkup() {
    var begun = SignIns.begun(tenant, Map.of());

    SignIns.comeBack(Map.of("state", begun.getString("state"), "error", "server_error", "error_description", "<script>alert(1)</script>"))
        .statusCode(422).header("Content-Security-Policy", containsString("default-src 'none'"))
        .body(containsString("&lt;script&gt;")).body(not(containsString("<script>")));
  }

  @Test
  void aPersonalAccountIsRefusedWithTheWayOut() { // OD-06
    var somebody = providers.person(EntraRealm.PERSONAL, "acme.service@outlook.example");

    SignIns.signIn(tenant, Map.of(), somebody.oid()).statusCode(422).body(allOf(containsString("personal account"), containsString("Forward its mail")));
    SignIns.begin(tenant, Map.of("mailbox", "acme.service@outlook.com")).statusCode(422).body("type", equalTo("/problems/personal-account"))
        .body("detail", containsString("forwarding addresses"));
    tenant.get("mailboxes").body("items", hasSize(0));
  }

  @Test
  void anAddressThatLooksLikeSomebodysOwnIsAskedAbout() { // OD-08
    var jane = providers.person(SignIns.ACME, "jane.doe@acme.example");

    SignIns.begin(tenant, Map.of("mailbox", "jane.doe@acme.example")).statusCode(422).body("type", equalTo("/problems/personal-address"));
    SignIns.signIn(tenant, Map.of(), jane.oid()).statusCode(422).body(containsString("confirmPersonal"));
    SignIns.signIn(tenant, Map.of("confirmPersonal", true), jane.oid()).statusCode(200);
  }

  @Test
  void anotherAccountThanTheMailboxsIsRefused() { // P-06
    var other = providers.person(SignIns.ACME, "sales@acme.example");

    SignIns.signIn(tenant, Map.of("mailbox", "support@acme.example"), other.oid()).statusCode(409)
        .body(allOf(containsString("Signed in as sales@acme.example"), containsString("shared: true")));
    tenant.get("mailboxes").body("items", hasSize(0));
  }

  @Test
  void aSharedMailboxIsConnectedByWhoeverHasAccess() { // P-05
    providers.graph.mailbox(UUID.randomUUID().toString(), "team@acme.example").sharedWith(support.oid());
    SignIns.signIn(tenant, Map.of("mailbox", "team@acme.example", "shared", true), support.oid()).statusCode(200);

    tenant.get("mailboxes").body("items.address", equalTo(List.of("team@acme.example")));
    SignIns.begin(tenant, Map.of("shared", true)).statusCode(422).body("errors[0].pointer", equalTo("/mailbox"));
  }

  @Test
  void whatWhoeverSignsInCannotReachIsSaidBeforeItIsSaved() { // P-05
    providers.graph.mailbox(UUID.randomUUID().toString(), "closed@acme.example");

    SignIns.signIn(tenant, Map.of("mailbox", "closed@acme.example", "shared", true), support.oid()).statusCode(422)
        .body(allOf(containsString("ErrorAccessDenied"), containsString("Full Access")));
    SignIns.signIn(tenant, Map.of("mailbox", "nobody@acme.example", "shared", true), support.oid()).statusCode(422)
        .body(containsString("no mailbox with this address"));
    SignIns.signIn(tenant, Map.of("folder", "Archive"), support.oid()).statusCode(422).body(containsString("there is no folder Archive"));
    tenant.get("mailboxes").body("items", hasSize(0));
  }

  @Test
  void anEndedSignInIsRenewedAndTheMailboxStaysTheSame() { // P-02
    var id = providers.connected(tenant, support);
    var before = tenant.get("mailboxes/" + id).extract().jsonPath();

    SignIns.signIn(tenant, Map.of("mailbox", "support@acme.example"), support.oid()).statusCode(200);

    tenant.get("mailboxes").body("items.id", equalTo(List.of(id)));
    tenant.get("mailboxes/" + id).body("inboundChannelId", equalTo(before.getString("inboundChannelId")))
        .body("outboundChannelId", equalTo(before.getString("outboundChannelId")));
  }

  @Test
  void somebodyElseCannotTakeAMailboxOver() { // P-06
    providers.connected(tenant, support);
    var impostor = providers.person(SignIns.OTHER, "support@acme.example");

    SignIns.signIn(tenant, Map.of("mailbox", "support@acme.example"), impostor.oid()).statusCode(409).body(containsString("Somebody else signed in"));
    SignIns.signIn(tenant, Map.of(), impostor.oid()).statusCode(409);
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
  void anAdministratorConsentsForTheApplication() {
    var admin = providers.person(SignIns.ACME, "admin@acme.example");
    providers.graph.mailbox(UUID.randomUUID().toString(), "team@acme.example");

    var onward = consented(tenant, Map.of("mailbox", "team@acme.example", "mode", "application"), SignIns.ACME);
    SignIns.comeBack(Browser.click(onward, "account-" + admin.oid())).statusCode(200).body(containsString("team@acme.example is connected"));

    tenant.get("mailboxes").body("items.address", equalTo(List.of("team@acme.example")));
    var id = tenant.first("mailboxes");
    tenant.post("mailboxes/" + id + "/diagnosis", Map.of()).statusCode(200).body("find { it.check == 'sign-in.token' }.ok", equalTo(true));
  }

  /// @return where the browser is sent after the consent
  private static String consented(FoundedTenant tenant, Map<String, ?> wish, String directory) {
    return SignIns.comeBack(Browser.click(SignIns.begun(tenant, wish).getString("authorizationUrl"), "consent-" + directory)).statusCode(302)
        .extract().header("Location");
  }

  @Test
  void nobodyConnectsADirectoryByNamingIt() {
    providers.entra.consent(SignIns.ACME);
    var stranger = providers.person(SignIns.OTHER, "eve@other.example");
    var begun = SignIns.begun(tenant, Map.of("mailbox", "ceo@acme.example", "mode", "application"));

    var onward = SignIns.comeBack(Map.of("state", begun.getString("state"), "admin_consent", "True", "tenant", SignIns.ACME)).statusCode(302)
        .extract().header("Location");
    // The page offers nobody of another directory; so the code is one of another sign-in.
    var code = Browser.click(onward.replace(SignIns.ACME, "common"), "account-" + stranger.oid());
    SignIns.comeBack(code).statusCode(409).body(containsString("not of the directory"));
    tenant.get("mailboxes").body("items", hasSize(0));
  }

  @Test
  void aDirectoryIsOneCompanys() {
    var directory = UUID.randomUUID().toString();
    var own = providers.person(directory, "admin@own.example");
    providers.graph.mailbox(UUID.randomUUID().toString(), "team@own.example");
    providers.graph.mailbox(UUID.randomUUID().toString(), "ceo@own.example");
    var first = consented(tenant, Map.of("mailbox", "team@own.example", "mode", "application"), directory);
    SignIns.comeBack(Browser.click(first, "account-" + own.oid())).statusCode(200);
    var other = FoundedTenant.found();

    var second = consented(other, Map.of("mailbox", "ceo@own.example", "mode", "application"), directory);
    SignIns.comeBack(Browser.click(second, "account-" + own.oid())).statusCode(409).body(containsString("Another company"));
    other.get("mailboxes").body("items", hasSize(0));
  }

  @Test
  void anUnconsentedDirectoryIsSaid() {
    var directory = UUID.randomUUID().toString();
    var own = providers.person(directory, "admin@own.example");
    var onward = consented(tenant, Map.of("mailbox", "team@own.example", "mode", "application"), directory);
    providers.entra.withdraw(directory);

    SignIns.comeBack(Browser.click(onward, "account-" + own.oid())).statusCode(422)
        .body(allOf(containsString("AADSTS700016"), containsString("an administrator has to consent")));
  }

  @Test
  void troubleOfTheProviderIsNoRefusal() { // P-07
    providers.entra.faults().next(1, call -> call.path().endsWith("/token"), EntraError.UNAVAILABLE.fault());
    var begun = SignIns.begun(tenant, Map.of());

    SignIns.comeBack(Browser.click(begun.getString("authorizationUrl"), "account-" + support.oid())).body(containsString("outcome=failed"));
    tenant.get("mailboxes/authorizations/" + begun.getString("id")).body("outcome", equalTo("failed"));

    providers.entra.faults().next(1, call -> call.path().endsWith("/token"), new Fault.CutOff());
    SignIns.signIn(tenant, Map.of(), support.oid()).body(containsString("outcome=failed"));
  }

  @Test
  void aSignInLeadsBackOnlyWhereItMay() {
    SignIns.begin(tenant, Map.of("returnTo", "https://evil.example/")).statusCode(422).body("errors[0].pointer", equalTo("/returnTo"));
    SignIns.begin(tenant, Map.of("returnTo", "https://desk.example.evil.example/")).statusCode(422);
  }

  @Test
  void whatWouldBeInTheWayInTheEndIsSaidAtTheBeginning() {
    SignIns.begin(tenant, Map.of("teamId", UUID.randomUUID().toString())).statusCode(422).body("errors[0].pointer", equalTo("/teamId"));
    SignIns.begin(tenant, Map.of("afterImport", "move")).statusCode(422).body("errors[0].pointer", equalTo("/moveTo"));
    SignIns.begin(tenant, Map.of("kind", "imap")).statusCode(400);
    tenant.post("mailboxes", Map.of("kind", "microsoft365", "address", "support@acme.example")).statusCode(422)
        .body("detail", containsString("mailboxes/authorizations"));
  }

  @Test
  void aMailboxBySignInHasNoPassword() {
    var id = providers.connected(tenant, support);

    tenant.patch("mailboxes/" + id, Map.of("password", "x")).statusCode(400);
    tenant.patch("mailboxes/" + id, Map.of("name", "Renamed", "folder", "Archive")).statusCode(200).body("name", equalTo("Renamed"));
    tenant.delete("mailboxes/" + id).statusCode(204);
  }

  @Test
  void googleSignsInTheSameWay() {
    providers.googler("117", "support@acme-workspace.example");

    SignIns.signIn(tenant, Map.of("kind", "gmail-api"), "117").statusCode(200);

    tenant.get("mailboxes").body("items[0].kind", equalTo("gmail-api")).body("items[0].address", equalTo("support@acme-workspace.example"));
  }

  @Test
  void aServiceAccountThatTheDomainTrustsNeedsNobodyToSignIn() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var keys = generator.generateKeyPair();
    providers.google.with(new GoogleRealm.ServiceAccount("robot@project.example", keys.getPublic(), "acme-workspace.example"));
    providers.gmail.mailbox("support@acme-workspace.example");
    var pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
    var file = new JsonObject().put("type", "service_account").put("client_email", "robot@project.example").put("private_key_id", "k1").put("private_key", pem).encodePrettily();

    var mailbox = tenant.post("mailboxes", Map.of("kind", "gmail-api", "address", "support@acme-workspace.example", "serviceAccountKey", file,
        "processIncoming", false)).statusCode(201).body("kind", equalTo("gmail-api")).body(not(containsString("PRIVATE"))).extract().jsonPath();

    tenant.post("mailboxes/" + mailbox.getString("id") + "/diagnosis", Map.of()).statusCode(200).body("find { it.check == 'sign-in.token' }.ok", equalTo(true));
    tenant.post("mailboxes", Map.of("kind", "gmail-api", "address", "ceo@other.example", "serviceAccountKey", file)).statusCode(422)
        .body("type", equalTo("/problems/mailbox-not-connected")).body("errors[0].hint", containsString("its delegation lacks the scope"));
    tenant.post("mailboxes", Map.of("kind", "gmail-api", "address", "ceo@acme-workspace.example", "serviceAccountKey", "{}")).statusCode(400);
  }
}
