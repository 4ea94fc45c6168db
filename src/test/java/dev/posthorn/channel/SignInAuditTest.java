package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A mailbox that is connected by sign-in stands in the audit, though the browser that comes back has no key.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class SignInAuditTest {
  private final FoundedTenant tenant = FoundedTenant.found();

  @Test
  void whatASignInConnectsIsWhatWhoeverBeganItDid() {
    try (var providers = new SignIns()) {
      var support = providers.person(SignIns.ACME, "support@acme.example");
      var mailbox = providers.connected(tenant, support);
      SignIns.signIn(tenant, Map.of("mailbox", support.address()), support.oid()).statusCode(200);

      var deeds = tenant.asAdmin().queryParam("resource", "/mailboxes/" + mailbox).get("/api/v1/audit").then().statusCode(200).extract().jsonPath();
      assertThat(deeds.getList("items.action")).containsExactly("Mailbox_connected_anew", "Mailbox_connected");
      assertThat(deeds.getList("items.role")).containsOnly("admin");
      assertThat(deeds.getList("items.remoteAddress")).containsOnly("127.0.0.1");
      assertThat(tenant.adminKey()).contains(deeds.getString("items[0].keyId"));
    }
  }
}
