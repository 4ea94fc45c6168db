package dev.posthorn.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.Rows;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.web.Noted;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class AuditTest {
  @Inject EntityManager entities;
  @Inject Sealing sealing;
  @Inject Event<Noted> notes;

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  private final FoundedTenant tenant = FoundedTenant.found();
  private final Rows rows = new Rows("posthorn");

  private JsonPath audit(String... query) {
    var request = tenant.asAdmin();
    for (int i = 0; i < query.length; i += 2) {
      request.queryParam(query[i], query[i + 1]);
    }
    return request.get("/api/v1/audit").then().statusCode(200).extract().jsonPath();
  }

  private List<String> actions() {
    return audit().getList("items.action");
  }

  /// Once the chain has every record.
  private JsonPath verification(String... query) {
    while (sealing.round()) {
      // batch by batch
    }
    await().until(() -> rows.number("select count(*) from audit_unsealed where tenant_id = ?", tenant.id().value()) == 0);
    var request = tenant.asAdmin();
    for (int i = 0; i < query.length; i += 2) {
      request.queryParam(query[i], query[i + 1]);
    }
    return request.get("/api/v1/audit/verification").then().statusCode(200).extract().jsonPath();
  }

  private void threeDeeds() {
    for (var name : List.of("One", "Two", "Three")) {
      tenant.made("queues", Map.of("name", name));
    }
  }

  @Test
  void everyWriteIsWrittenDownWithWhoDidItAndWhere() {
    var queue = tenant.made("queues", Map.of("name", "Returns"));
    tenant.patch("queues/" + queue, Map.of("name", "Refunds")).statusCode(200);
    tenant.delete("queues/" + queue).statusCode(204);

    assertThat(actions()).containsExactly("QueueResource_remove", "QueueResource_change", "QueueResource_create", "QueueResource_create");
    var last = audit("action", "QueueResource_remove");
    assertThat(last.getString("items[0].resource")).isEqualTo("/queues/" + queue);
    assertThat(last.getString("items[0].role")).isEqualTo("admin");
    assertThat(tenant.adminKey()).contains(last.getString("items[0].keyId"));
    assertThat(last.getString("items[0].remoteAddress")).isEqualTo("127.0.0.1");
    assertThat(last.getString("items[0].requestId")).isNotBlank();
    assertThat(audit("resource", "/queues/" + queue).getList("items.action"))
        .containsExactly("QueueResource_remove", "QueueResource_change", "QueueResource_create");
  }

  @Test
  void whatWasRefusedOrOnlyReadLeavesNoRecord() {
    tenant.post("queues", Map.of("name", "Inbox")).statusCode(409);
    tenant.post("queues", Map.of("nome", "x")).statusCode(400);
    tenant.delete("queues/" + UUID.randomUUID()).statusCode(404);
    tenant.get("queues").statusCode(200);

    assertThat(actions()).isEmpty();
  }

  @Test
  void aPersonIsNamedByAgentAndOthersSeeNoAudit() {
    var aida = tenant.person(Role.LEAD, "Aida");
    aida.call().body(Map.of("state", "available")).put("/api/v1/agents/" + aida.agentId() + "/state").then().statusCode(200);

    assertThat(audit("agentId", aida.agentId().toString()).getList("items.role")).containsExactly("lead");
    aida.call().get("/api/v1/audit").then().statusCode(403);
    aida.call().get("/api/v1/audit/verification").then().statusCode(403);
    FoundedTenant.found().get("audit").statusCode(200).body("items.size()", equalTo(0));
  }

  @Test
  void whatSomebodyNotesIsWrittenDownToo() {
    Tenancy.run(tenant.id(), () -> notes.fire(new Noted("SignIn_completed", "/sign-ins", null, Role.ADMIN, null, "aida@people.example", UUID.randomUUID(), "192.0.2.1")));

    assertThat(actions()).containsExactly("SignIn_completed");
  }

  @Test
  void theOperatorsDeedsStandInTheTenantsAuditAndInThePlatforms() {
    FoundedTenant.as(operator).body(Map.of("name", "Renamed")).patch("/api/v1/tenants/" + tenant.id()).then().statusCode(200);

    assertThat(audit().getList("items.role")).containsExactly("operator");
    FoundedTenant.as(operator).queryParam("resource", "/tenants/" + tenant.id()).get("/api/v1/audit").then().statusCode(200)
        .body("items.action", equalTo(List.of("TenantsResource_change")));
    FoundedTenant.as(operator).get("/api/v1/audit/verification").then().statusCode(200).body("valid", equalTo(true));
  }

  @Test
  void anUntouchedChainIsWholeAndIsExportedWithItsHashes() {
    threeDeeds();
    var found = verification();

    assertThat(found.getBoolean("valid")).isTrue();
    assertThat(found.getLong("checked")).isEqualTo(6);
    var lines = tenant.get("audit/export").statusCode(200).extract().asString().lines().toList();
    assertThat(lines).hasSize(6).allMatch(line -> line.contains("\"hash\":\""));
    assertThat(lines.getLast()).contains(found.getString("head.hash"));
    assertThat(actions()).first().isEqualTo("AuditResource_export");
  }

  @ParameterizedTest
  @ValueSource(strings = {"key_id", "action", "resource", "remote_address", "role"})
  void aChangedRecordIsFound(String column) {
    threeDeeds();
    assertThat(verification().getBoolean("valid")).isTrue();
    rows.execute("update audit_record r set " + column + " = 'x' from audit_seal s where s.tenant_id = '" + tenant.id()
        + "' and s.sequence = 3 and r.tenant_id = s.tenant_id and r.id = s.record_id");

    var found = verification();

    assertThat(found.getBoolean("valid")).isFalse();
    assertThat(found.getLong("firstBad.sequence")).isEqualTo(3);
    assertThat(found.getString("firstBad.why")).isEqualTo("record-changed");
    assertThat(found.getLong("head.sequence")).isEqualTo(2);
  }

  @Test
  void aRemovedRecordIsFound() {
    threeDeeds();
    verification();
    rows.execute("delete from audit_record r using audit_seal s where s.tenant_id = '" + tenant.id() + "' and s.sequence = 2 and r.tenant_id = s.tenant_id and r.id = s.record_id");

    assertThat(verification().getString("firstBad.why")).isEqualTo("record-missing");
    assertThat(verification().getLong("firstBad.sequence")).isEqualTo(2);
  }

  @Test
  void aRemovedLinkAndOneInAnotherPlaceAreFound() {
    threeDeeds();
    verification();
    var own = "tenant_id = '" + tenant.id() + "'";
    rows.execute("update audit_seal set sequence = 100 where " + own + " and sequence = 2; update audit_seal set sequence = 2 where " + own
        + " and sequence = 3; update audit_seal set sequence = 3 where " + own + " and sequence = 100");
    assertThat(verification().getLong("firstBad.sequence")).isEqualTo(2);

    rows.execute("delete from audit_seal where " + own + " and sequence = 2");
    assertThat(verification().getString("firstBad.why")).isEqualTo("link-missing");
  }

  @Test
  void aChainThatWasCutOffIsFoundByWhoRemembersIt() {
    threeDeeds();
    var then = verification();
    var own = "tenant_id = '" + tenant.id() + "'";
    rows.execute("delete from audit_record r using audit_seal s where s." + own + " and s.sequence = 6 and r.tenant_id = s.tenant_id and r.id = s.record_id; "
        + "delete from audit_seal where " + own + " and sequence = 6");

    assertThat(verification().getBoolean("valid")).as("nothing is left that could tell").isTrue();
    assertThat(verification("sequence", then.getString("head.sequence"), "hash", then.getString("head.hash")).getString("firstBad.why")).isEqualTo("cut-off");
    tenant.get("audit/verification?sequence=6").statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"update audit_record set action = 'x'", "delete from audit_record", "update audit_seal set hash = ''", "delete from audit_seal",
      "truncate audit_record", "truncate audit_seal"})
  void theApplicationCanNeitherChangeNorDeleteWhatIsWritten(String statement) {
    threeDeeds();
    assertThatThrownBy(() -> tenant.in(() -> entities.createNativeQuery(statement).executeUpdate())).hasStackTraceContaining("permission denied");
  }

  @Test
  void aDeedAndItsRecordAreThereTogetherOrNotAtAll() {
    rows.execute("create or replace function fail_for_test() returns trigger language plpgsql as $$ begin raise exception 'no audit today'; end $$;"
        + "create trigger fail_for_test before insert on audit_record for each row when (new.tenant_id = '" + tenant.id() + "') execute function fail_for_test()");
    try {
      tenant.post("queues", Map.of("name", "Unaudited")).statusCode(500);
      assertThat(tenant.get("queues").extract().<List<String>>path("items.name")).containsExactly("Inbox");
    } finally {
      rows.execute("drop trigger fail_for_test on audit_record; drop function fail_for_test()");
    }
  }

  @Test
  void anErasedTenantLeavesNoAuditOfItsOwnAndTheOperatorsDeedIsKept() {
    threeDeeds();
    FoundedTenant.as(operator).delete("/api/v1/tenants/" + tenant.id()).then().statusCode(204);

    await().until(() -> rows.number("select count(*) from audit_record where tenant_id = ?", tenant.id().value()) == 0);
    FoundedTenant.as(operator).queryParam("resource", "/tenants/" + tenant.id()).get("/api/v1/audit").then().body("items.action", equalTo(List.of("TenantsResource_erase")));
  }
}
