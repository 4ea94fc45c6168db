package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.Rows;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A tenant is erased, and its rows are not gone yet: nobody gets in any more.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
class ErasedTenantTest {
  private static final String ROOT = "/api/v1";
  private static final Doorkeeper DOORKEEPER = new BelievingDoorkeeper();

  private final String someone = UUID.randomUUID().toString();
  private final Rows rows = new Rows("posthorn");
  private final Visitor admin = visitor("admin-" + someone);
  private UUID tenant;
  private Rows.Held held;

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  private static Visitor visitor(String subject) {
    return new Visitor(new Visitor.Person(subject, subject + "@erased.example", true), DOORKEEPER);
  }

  @BeforeEach
  void foundedAndHeld() throws IOException {
    admin.signIn("other");
    admin.choose(Map.of("way", "found", "company", "Erased " + someone));
    tenant = UUID.fromString(new ObjectMapper().readTree(admin.api("GET", "/session", null).body()).path("tenantId").asText());
    held = rows.held("select id from priority where tenant_id = ? for update", tenant);
  }

  @AfterEach
  void letGo() throws SQLException {
    held.close();
  }

  private void erase() {
    FoundedTenant.as(operator).delete(ROOT + "/tenants/" + tenant).then().statusCode(204);
    assertThat(rows.number("select count(*) from tenant where id = ?", tenant)).as("its rows are still there").isEqualTo(1);
  }

  @Test
  void aSessionOfAnErasedTenantReadsNothingAndMakesNoKey() {
    assertThat(admin.api("GET", "/queues", null).statusCode()).isEqualTo(200);

    erase();

    assertThat(admin.api("GET", "/queues", null).statusCode()).isEqualTo(401);
    assertThat(admin.api("POST", "/api-keys", "{\"name\":\"Back door\",\"role\":\"admin\"}").statusCode()).isEqualTo(401);
  }

  @Test
  void aProvidersTokenOfAnErasedTenantOpensNothing() {
    erase();

    FoundedTenant.as(DOORKEEPER.token("other", admin.person(), Doorkeeper.AUDIENCE)).get(ROOT + "/queues").then().statusCode(401);
    assertThat(visitor("admin-" + someone).signIn("other").body()).as("whoever signs in anew belongs nowhere").contains("Begin anew").doesNotContain("Erased " + someone);
  }

  @Test
  void whatLetsSomebodyInIsGoneWithTheErasure() {
    assertThat(admin.api("POST", "/invitations", "{\"email\":\"ben@erased.example\",\"name\":\"Ben\",\"role\":\"agent\"}").statusCode()).isEqualTo(201);

    erase();

    for (var table : new String[] {"api_key", "login", "login_session", "invitation", "sign_in_domain", "mailbox_authorization"}) {
      assertThat(rows.number("select count(*) from " + table + " where tenant_id = ?", tenant)).as(table).isZero();
    }
  }

  @Test
  void whatIsMadeWhileATenantGoesOpensNothing() {
    assertThat(admin.api("POST", "/invitations", "{\"email\":\"ben@erased.example\",\"name\":\"Ben\",\"role\":\"agent\"}").statusCode()).isEqualTo(201);
    var hash = rows.words("select encode(token_hash, 'hex') from invitation where tenant_id = ?", tenant).getFirst();
    assertThat(rows.words("select id from invitation_of_token(decode(?, 'hex'))", hash)).hasSize(1);

    rows.execute("update tenant set erased_at = now() where id = '" + tenant + "'");

    assertThat(rows.words("select l.id from login l join logins_of(l.issuer, l.subject) o on o.id = l.id where l.tenant_id = ?", tenant)).isEmpty();
    assertThat(rows.words("select id from invitation_of_token(decode(?, 'hex'))", hash)).isEmpty();
  }
}
