package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TenantsResourceTest {
  private static final String PATH = "/api/v1/tenants";

  @Inject House house;
  @Inject Session entities;
  @Inject ApiKeys keys;

  private static RequestSpecification operator() {
    return FoundedTenant.as("the-operator-of-the-tests-0123456789");
  }

  @Test
  void aNewTenantHasAKeyATeamAnAddressAQueueAndARelay() { // EH-34, TH-13
    var slug = FoundedTenant.newSlug();
    var answer = operator().body(Map.of("slug", slug, "name", "Acme")).post(PATH).then().statusCode(201)
        .header("Location", notNullValue()).header("ETag", notNullValue())
        .body("slug", equalTo(slug)).body("name", equalTo("Acme")).body("locale", equalTo("en")).body("adminKey", startsWith("ph_"))
        .extract();

    operator().get(answer.header("Location")).then().statusCode(200).body("slug", equalTo(slug)).body("adminKey", nullValue());
    var admin = FoundedTenant.as(answer.path("adminKey"));
    admin.get("/api/v1/tenant").then().statusCode(200).body("id", equalTo(answer.path("id")));
    var team = admin.get("/api/v1/teams").then().body("items.name", equalTo(List.of("support"))).extract();
    var queue = admin.get("/api/v1/queues").then().body("items.name", equalTo(List.of("Inbox"))).extract();
    assertThat(team.<String>path("items[0].defaultQueueId")).isEqualTo(queue.<String>path("items[0].id"));
    admin.get("/api/v1/teams/" + team.path("items[0].id") + "/forwarding-addresses").then()
        .body("items.address", equalTo(List.of("support." + slug + "@in.posthorn.example")));
    admin.get("/api/v1/outbound-channels").then().body("items.kind", equalTo(List.of("relay")));
  }

  @Test
  void aTakenSlugIsAConflict() {
    var tenant = FoundedTenant.found();

    operator().body(Map.of("slug", tenant.slug(), "name", "Another")).post(PATH).then().statusCode(409)
        .body("errors[0].pointer", equalTo("/slug"));
  }

  @Test
  void theSameRequestWithItsKeyFoundsOneTenantAndAnswersTheSame() {
    var wanted = Map.of("slug", FoundedTenant.newSlug(), "name", "Acme");
    var key = wanted.get("slug");
    var first = operator().header("Idempotency-Key", key).body(wanted).post(PATH);
    var second = operator().header("Idempotency-Key", key).body(wanted).post(PATH);

    first.then().statusCode(201).body("adminKey", startsWith("ph_"));
    assertThat(second.header("Idempotent-Replay")).isEqualTo("true");
    assertThat(second.asString()).isEqualTo(first.asString());
    operator().header("Idempotency-Key", key).body(Map.of("slug", FoundedTenant.newSlug(), "name", "Acme")).post(PATH)
        .then().statusCode(422).body("type", endsWith("/problems/idempotency-key-reused"));
    assertThat(kept()).isNotEmpty().noneMatch(body -> body.contains("ph_"));
  }

  private List<String> kept() {
    return QuarkusTransaction.requiringNew().call(() -> entities.createNativeQuery("select body from operator_idempotency", String.class).getResultList());
  }

  @Test
  void aRefusedRequestMayBeTriedAgainWithItsKey() {
    var slug = FoundedTenant.newSlug();
    var key = "again-" + slug;
    operator().header("Idempotency-Key", key).body(Map.of("slug", FoundedTenant.found().slug(), "name", "Acme")).post(PATH).then().statusCode(409);

    operator().header("Idempotency-Key", key).body(Map.of("slug", slug, "name", "Acme")).post(PATH).then().statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a--b", "-a", "a-", "a.b", "a b", "ä", "a234567890123456789012345678901"})
  void aSlugThatCannotStandInAnAddressIsRefused(String slug) {
    operator().body(Map.of("slug", slug, "name", "Acme")).post(PATH).then().statusCode(400).body("errors[0].pointer", equalTo("/slug"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "english", "en_US", "-"})
  void aLocaleThatIsNoLanguageTagIsRefused(String locale) {
    operator().body(Map.of("slug", FoundedTenant.newSlug(), "name", "Acme", "locale", locale)).post(PATH).then().statusCode(400)
        .body("errors[0].pointer", equalTo("/locale"));
  }

  @Test
  void theListIsPagedAndCounted() {
    for (int i = 0; i < 3; i++) {
      FoundedTenant.found();
    }
    var seen = new ArrayList<String>();
    String after = null;
    do {
      var page = operator().queryParam("limit", 2).queryParam("count", true).queryParam("after", after == null ? List.of() : List.of(after))
          .get(PATH).then().statusCode(200).body("total", notNullValue()).extract();
      seen.addAll(page.path("items.id"));
      after = page.path("next");
    } while (after != null && seen.size() < 6);
    assertThat(seen).doesNotHaveDuplicates().isSorted().hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aTenantIsRenamed() {
    var tenant = FoundedTenant.found();
    var path = PATH + "/" + tenant.id();
    var tag = operator().get(path).then().extract().header("ETag");

    operator().header("If-Match", tag).body(Map.of("name", "Renamed", "locale", "pt-BR")).patch(path).then().statusCode(200)
        .body("name", equalTo("Renamed")).body("locale", equalTo("pt-BR")).body("slug", equalTo(tenant.slug()));

    operator().get(path).then().body("name", equalTo("Renamed"));
    operator().header("If-Match", tag).body(Map.of("name", "Again")).patch(path).then().statusCode(412);
    operator().body(Map.of("slug", "other")).patch(path).then().statusCode(400).body("errors[0].pointer", equalTo("/slug"));
  }

  @Test
  void anErasedTenantIsGoneAndItsKeysNoLongerWork() {
    var lodger = house.lodger();
    var key = house.in(lodger, () -> keys.issue(Role.ADMIN, "a", null).key());
    var settled = house.filed(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).bytes());
    FoundedTenant.as(key).get("/api/v1/tenant").then().statusCode(200);
    var agent = FoundedTenant.as(key).body(Map.of("name", "Ann", "email", "ann@people.example", "role", "agent")).post("/api/v1/agents").then().statusCode(201)
        .extract().path("id");
    house.in(lodger, () -> entities.createNativeMutationQuery("""
            insert into comment (tenant_id, id, ticket_id, agent_id, text, created_at)
            values (current_tenant(), gen_random_uuid(), :ticket, cast(:agent as uuid), 'x', now())""")
        .setParameter("ticket", settled.ticketId).setParameter("agent", agent).executeUpdate());

    operator().delete(PATH + "/" + lodger.tenant()).then().statusCode(204);

    FoundedTenant.as(key).get("/api/v1/tenant").then().statusCode(401);
    operator().get(PATH + "/" + lodger.tenant()).then().statusCode(404);
    operator().delete(PATH + "/" + lodger.tenant()).then().statusCode(404);
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
        assertThat(house.in(lodger, () -> entities.createNativeQuery("select count(*) from ticket", Long.class).getSingleResult())).isEqualTo(0L));
  }

  @Test
  void theAddressOfAnErasedTenantIsNeverIssuedAgain() { // EH-20
    var slug = FoundedTenant.newSlug();
    var first = operator().body(Map.of("slug", slug, "name", "First")).post(PATH).then().statusCode(201).extract().<String>path("id");
    operator().delete(PATH + "/" + first).then().statusCode(204);

    var second = operator().body(Map.of("slug", slug, "name", "Second")).post(PATH).then().statusCode(201).extract();

    var admin = FoundedTenant.as(second.path("adminKey"));
    var team = admin.get("/api/v1/teams").then().extract().path("items[0].id");
    var address = admin.get("/api/v1/teams/" + team + "/forwarding-addresses").then().extract().<String>path("items[0].address");
    assertThat(address).startsWith("support." + slug).isNotEqualTo("support." + slug + "@in.posthorn.example");
  }

  @Test
  void theOperatorSeesHowFarTheKeysAreAndBeginsToSealAnew() {
    operator().get("/api/v1/key-rotation").then().statusCode(200).body("currentKey", equalTo("test")).body("keys.find { it.id == 'test' }.configured", equalTo(true));
    operator().post("/api/v1/key-rotation").then().statusCode(202).body("currentKey", equalTo("test"));
    FoundedTenant.found().asAdmin().get("/api/v1/key-rotation").then().statusCode(403);
  }

  @Test
  void onlyTheOperatorSeesTenants() {
    var tenant = FoundedTenant.found();
    tenant.asAdmin().get(PATH).then().statusCode(403);
    tenant.asAdmin().body(Map.of("slug", FoundedTenant.newSlug(), "name", "A")).post(PATH).then().statusCode(403);
    tenant.asAdmin().delete(PATH + "/" + tenant.id()).then().statusCode(403);
    operator().get("/api/v1/teams").then().statusCode(403);
    operator().queryParam("limit", 200).get(PATH).then().statusCode(200).body("items.id", hasItem(notNullValue()));
  }
}
