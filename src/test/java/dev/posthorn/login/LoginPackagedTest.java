package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.PackagedPosthorn;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// People sign in to the package, for the JVM or native, by a provider of OpenID Connect.
@QuarkusIntegrationTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = PackagedPosthorn.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
@Tag("packaged")
class LoginPackagedTest {
  private final String someone = UUID.randomUUID().toString();
  private final Visitor visitor = new Visitor(new Visitor.Person(someone, "anna@customer.example", true), new BelievingDoorkeeper());

  @Test
  void whoeverSignsInFoundsATenantAndIsKnownByTheCookie() {
    assertThat(visitor.open("/login").body()).contains("Sign in with acme");
    assertThat(visitor.signIn("acme").body()).contains("Welcome, Name of " + someone);
    visitor.choose(Map.of("way", "found", "company", "Anna & Sons " + someone));

    var session = visitor.api("GET", "/session", null);

    assertThat(session.statusCode()).as(session.body()).isEqualTo(200);
    assertThat(session.body()).contains("Anna & Sons " + someone, "\"admin\"");
    assertThat(visitor.api("GET", "/queues", null).body()).contains("Inbox");
  }
}
