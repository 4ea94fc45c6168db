package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The contract with a real Keycloak, see docs/real-servers.md.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = KeycloakServer.class)
class SignInAtKeycloakTest implements SignInContract {
  private final KeycloakDoorkeeper keycloak = new KeycloakDoorkeeper();

  @Inject Session rows;

  private Reception reception;

  @BeforeEach
  void open() {
    reception = new Reception(keycloak, rows);
  }

  @Override
  public Reception reception() {
    return reception;
  }

  @Test
  void whoeverIsSignedInThereIsNotAskedAgain() {
    var visitor = reception.founder();
    visitor.api("DELETE", "/session", null);
    assertThat(visitor.api("GET", "/session", null).statusCode()).isEqualTo(401);

    assertThat(visitor.goTo("acme").uri().getPath()).as("straight through the provider").isEqualTo("/problems/gone");
    assertThat(Reception.session(visitor).get("tenantName").asText()).isEqualTo(reception.acme());
  }

  @Test
  void whoeverSignsOutThereTooComesBackHereAndIsAskedAgain() {
    var visitor = reception.founder();
    var page = visitor.send("/login/sign-out", Map.of(), Visitor.url(""));

    var back = keycloak.leave(visitor, URI.create(Visitor.found(page, "id=\"continue\" href=\"([^\"]+)\"").replace("&amp;", "&")));

    assertThat(back.uri().toString()).startsWith(Visitor.url("/login"));
    assertThat(back.body()).contains("Sign in with acme");
    assertThat(visitor.goTo("acme").body()).as("the provider asks anew").contains("kc-form-login");
  }

  @Test
  void aWrongPasswordLeadsNowhere() {
    var visitor = reception.founder();
    var other = reception.visitor(reception.someone, visitor.person().email(), true);
    var page = other.goTo("acme");

    var again = other.post(KeycloakDoorkeeper.form(page, "login-actions/authenticate"),
        Map.of("username", other.person().name(), "password", "wrong", "credentialId", ""));

    assertThat(again.body()).contains("kc-form-login");
    assertThat(other.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }
}
