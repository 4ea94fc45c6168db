package dev.posthorn.web;

import static dev.posthorn.web.ProblemsTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TestTenant;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/// Somebody who guesses keys: not even the database is asked for them any more.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@TestProfile(GuessedKeysTest.FewGuesses.class)
class GuessedKeysTest {
  private static final int BURST = 30;
  private static final String CALLER = "/api/v1/test-manners/caller";

  @Inject Session entities;

  @Test
  void whoHasGuessedTooOftenIsHeardNoMore() {
    var tenant = TestTenant.create();
    var guesser = "192.0.2.1";
    assertThat(status(guesser, tenant.adminKey())).isEqualTo(200);
    var fresh = tenant.key(Role.ADMIN, null);
    // With keys of the right form, each another one, until the address is spent.
    int guesses = 0;
    while (status(guesser, PlainKey.random().text()) == 401) {
      assertThat(guesses++).isLessThan(10 * BURST);
    }

    // The right key tells whether anybody has looked: nobody has used it, so it is known to the database alone.
    assertThat(problem(from(guesser, fresh).get(CALLER), 429, "too-many-requests").extract().header("Retry-After")).isNotNull();
    assertThat(uses(tenant, fresh)).as("of the key, as the database noted them").isZero();
    assertThat(status(guesser, tenant.adminKey())).as("a key that was good before, from the same address").isEqualTo(200);
    assertThat(status("192.0.2.2", fresh)).as("from elsewhere").isEqualTo(200);
  }

  @Test
  void whoAnnouncesWithoutASecretTooOftenIsHeardNoMore() {
    var unknown = Map.of("value", List.of(Map.of("clientState", UUID.randomUUID() + ".guessed")));
    int asked = 0;
    while (announces("192.0.2.3", unknown).statusCode() == 403) {
      assertThat(asked++).isLessThan(10 * BURST);
    }

    problem(announces("192.0.2.3", unknown), 429, "too-many-requests");
    assertThat(announces("192.0.2.4", unknown).statusCode()).as("from elsewhere").isEqualTo(403);
  }

  private static RequestSpecification from(String address, String key) {
    return TestTenant.as(key).header("X-Forwarded-For", address);
  }

  private static int status(String address, String key) {
    return from(address, key).get(CALLER).statusCode();
  }

  private static Response announces(String address, Map<String, ?> what) {
    return RestAssured.given().header("X-Forwarded-For", address).contentType("application/json").body(what).post("/hooks/graph");
  }

  private long uses(TestTenant tenant, String key) {
    return tenant.in(() -> entities.createNativeQuery("select count(*) from api_key where key_id = :id and used_at is not null", Long.class)
        .setParameter("id", PlainKey.parse(key).orElseThrow().id()).getSingleResult());
  }

  public static final class FewGuesses implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      // Nothing is remembered: what was good a while ago is looked up all the same.
      return Map.of("posthorn.web.stranger-rate-limit.burst", String.valueOf(BURST), "posthorn.web.stranger-rate-limit.per-minute", "1",
          "posthorn.web.key-cache-ttl", "1ms", "quarkus.http.proxy.proxy-address-forwarding", "true");
    }
  }
}
