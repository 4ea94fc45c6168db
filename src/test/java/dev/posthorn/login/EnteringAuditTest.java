package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.Rows;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people do past the API to get in stands in the audit as what it is.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
class EnteringAuditTest {
  private final String someone = UUID.randomUUID().toString();
  private final String domain = someone.substring(0, 8) + ".example";
  private final Rows rows = new Rows("posthorn");
  private final Visitor admin = visitor("admin");
  private JsonNode me;

  private Visitor visitor(String name) {
    return new Visitor(new Visitor.Person(name + "-" + someone, name + "@" + domain, true), new BelievingDoorkeeper());
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  @BeforeEach
  void found() {
    admin.signIn("acme");
    admin.choose(Map.of("way", "found", "company", "Audited " + someone));
    me = json(admin.api("GET", "/session", null).body());
  }

  private JsonNode deed(String action) {
    var deeds = StreamSupport.stream(json(admin.api("GET", "/audit", null).body()).get("items").spliterator(), false)
        .filter(deed -> deed.get("action").asText().equals(action)).toList();
    assertThat(deeds).as(action).hasSize(1);
    return deeds.getFirst();
  }

  @Test
  void whoeverFoundsATenantStandsInItsAudit() {
    var deed = deed("Tenant_founded");

    assertThat(deed.get("agentId")).isEqualTo(me.get("agentId"));
    assertThat(deed.get("remoteAddress").asText()).isEqualTo("127.0.0.1");
    assertThat(deed.get("requestId")).as("one request did both").isEqualTo(deed("SignIn_begun").get("requestId"));
  }

  @Test
  void whoeverAcceptsAnInvitationStandsInTheAudit() {
    var id = json(admin.api("POST", "/invitations", "{\"email\":\"ben@" + domain + "\",\"name\":\"Ben\",\"role\":\"agent\"}").body()).get("id").asText();
    var ben = visitor("ben");
    ben.open(link("ben@" + domain));
    ben.signIn("acme");
    ben.choose(Map.of("way", "accept"));

    var deed = deed("Invitation_accepted");
    assertThat(deed.get("resource").asText()).isEqualTo("/invitations/" + id);
    assertThat(deed.get("role").asText()).isEqualTo("agent");
    assertThat(deed.get("agentId")).isEqualTo(json(ben.api("GET", "/session", null).body()).get("agentId"));
  }

  @Test
  void whoeverJoinsByADomainStandsInTheAudit() {
    var secret = UUID.randomUUID();
    var tenant = me.get("tenantId").asText();
    rows.execute("insert into stored_secret (tenant_id, id, purpose, key_id, sealed, created_at, updated_at) values ('" + tenant + "', '" + secret + "', 'test', 'test', '', now(), now())");
    rows.execute("insert into sending_domain (tenant_id, id, domain, state, selector, public_key, secret_id, created_at, updated_at) values ('" + tenant
        + "', gen_random_uuid(), '" + domain + "', 'verified', 's', 'k', '" + secret + "', now(), now())");
    rows.execute("insert into sign_in_domain (tenant_id, id, domain, role, created_at, updated_at) values ('" + tenant + "', gen_random_uuid(), '" + domain + "', 'agent', now(), now())");
    var eve = visitor("eve");
    eve.signIn("acme");
    eve.choose(Map.of("way", "join", "tenant", tenant));

    assertThat(deed("Agent_joined").get("resource").asText()).isEqualTo("/agents/" + json(eve.api("GET", "/session", null).body()).get("agentId").asText());
  }

  private String link(String address) {
    var id = rows.words("""
        select m.message_id from outbound_mail m join outbound_recipient r on r.tenant_id = m.tenant_id and r.outbound_mail_id = m.id
        where r.address = ?""", address).getFirst();
    return Reception.link(CustomerServer.received(address, id));
  }
}
