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
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People connect mailboxes by signing in at their provider.
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
  void whoeverDeclinesIsToldWhatHelps() {
    var begun = SignIns.begun(tenant, Map.of());

    SignIns.comeBack(Browser.click(begun.getString("authorizationUrl"), "cancel")).statusCode(422)
        .body(allOf(containsString("AADSTS65004"), containsString("Nobody consented"), containsString("outcome=refused")));

    tenant.get("mailboxes/authorizations/" + begun.getString("id")).body("outcome", equalTo("refused")).body("problem", equalTo("sign-in-failed"))
        .body("remedy", containsString("Nobody consented"));
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
}
