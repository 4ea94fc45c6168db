package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.posthorn.simulator.Browser;
import dev.posthorn.simulator.GoogleRealm;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever administers a directory or a domain lets the application in for all of it.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class DirectoryConsentTest {
  private SignIns providers;
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    providers = new SignIns();
    tenant = FoundedTenant.found();
  }

  @AfterEach
  void stop() {
    providers.close();
    assertThat(providers.simulator.complaints().all()).isEmpty();
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
