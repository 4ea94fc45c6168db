package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where the operator founds the tenants, nobody else does.
@QuarkusTest
@TestProfile(ClosedFoundingTest.Closed.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
class ClosedFoundingTest {
  /// The operator's wish.
  public static final class Closed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("posthorn.login.self-service", "false");
    }
  }

  @Inject Session rows;

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  private Reception reception;

  @BeforeEach
  void open() {
    reception = new Reception(new BelievingDoorkeeper(), rows);
  }

  private int tenants() {
    return FoundedTenant.as(operator).get("/api/v1/tenants?count=true").then().statusCode(200).extract().path("total");
  }

  @Test
  void aStrangerIsToldWhomToAskAndFoundsNothing() {
    int before = tenants();
    var stranger = reception.visitor();

    var page = stranger.signIn("acme");
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).contains("There is no way in", "Ask an admin of your company for an invitation").doesNotContain("Begin anew", "name=\"company\"");

    var anyway = stranger.choose(Map.of("way", "found", "company", reception.acme()));
    assertThat(anyway.statusCode()).isEqualTo(403);
    assertThat(anyway.body()).contains("There is no way in");
    assertThat(stranger.api("GET", "/session", null).statusCode()).isEqualTo(401);
    assertThat(tenants()).isEqualTo(before);
  }

  @Test
  void whoeverIsInvitedComesInAllTheSame() {
    var tenant = FoundedTenant.found();
    var address = "ben@" + reception.domain;
    tenant.made("invitations", Map.of("email", address, "name", "Ben", "role", "admin"));
    var ben = reception.visitor(reception.someone, address, true);

    ben.open(Reception.link(reception.mailTo(tenant, address)));
    assertThat(ben.signIn("acme").body()).contains("Join Tenant " + tenant.slug() + " as admin").doesNotContain("Begin anew");
    ben.choose(Map.of("way", "accept"));
    assertThat(Reception.session(ben).get("tenantSlug").asText()).isEqualTo(tenant.slug());

    var again = reception.visitor(reception.someone, address, true);
    assertThat(again.signIn("acme").uri().getPath()).isEqualTo("/problems/gone");
  }
}
