package dev.posthorn.web;

import static dev.posthorn.web.ProblemsTest.problem;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TestTenant;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.hibernate.Session;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class IdempotencyTest {
  private static final String THINGS = "/api/v1/test-manners/things";
  private static final String ROWS = "/api/v1/test-manners/rows/";

  @Inject Session entities;
  private TestTenant tenant;

  @BeforeEach
  void tenant() {
    tenant = TestTenant.create();
  }

  @Test
  void theSameRequestIsDoneOnceAndAnsweredTheSame() {
    var first = post("one", "{\"name\":\"a\",\"shared\":true}");
    var done = MannersResource.DONE.get();
    var second = post("one", "{ \"shared\" : true, \"name\" : \"a\" }");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.header("Idempotent-Replay")).isNull();
    assertThat(second.header("Idempotent-Replay")).isEqualTo("true");
    assertThat(MannersResource.DONE.get()).isEqualTo(done);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.asString()).isEqualTo(first.asString());
    assertThat(second.contentType()).isEqualTo(first.contentType());
    for (var header : new String[] {"Location", "ETag"}) {
      assertThat(second.header(header)).isNotNull().isEqualTo(first.header(header));
    }
  }

  @Test
  void theSameKeyForAnotherRequestIsRefused() {
    post("two", "{\"name\":\"a\",\"shared\":true}").then().statusCode(201);

    problem(post("two", "{\"name\":\"b\",\"shared\":true}"), 422, "idempotency-key-reused").body("errors[0].pointer", equalTo("Idempotency-Key"));
    problem(row("two", "elsewhere", false), 422, "idempotency-key-reused");
  }

  @Test
  void anotherKeyOrNoneIsAnotherRequest() {
    var done = MannersResource.DONE.get();
    post("three", "{\"name\":\"a\",\"shared\":true}").then().statusCode(201);
    post("four", "{\"name\":\"a\",\"shared\":true}").then().statusCode(201);
    tenant.asAdmin().contentType("application/json").body("{\"name\":\"a\",\"shared\":true}").post(THINGS).then().statusCode(201);

    assertThat(MannersResource.DONE.get()).isEqualTo(done + 3);
  }

  @Test
  void anotherCallersKeyIsAnotherRequest() {
    post("five", "{\"name\":\"a\",\"shared\":true}").then().statusCode(201);
    var colleague = tenant.key(Role.ADMIN, null);

    TestTenant.as(colleague).header("Idempotency-Key", "five").contentType("application/json").body("{\"name\":\"a\",\"shared\":true}").post(THINGS)
        .then().statusCode(201).header("Idempotent-Replay", nullValue());
  }

  @Test
  void aRefusedRequestLeavesNothingAndMayBeTriedAgain() {
    var name = UUID.randomUUID().toString();

    problem(row("six", name, true), 422, "unprocessable");

    assertThat(rowsOf(name)).isZero();
    assertThat(kept()).isZero();
    row("six", name, false).then().statusCode(200).header("Idempotent-Replay", nullValue());
    assertThat(rowsOf(name)).isEqualTo(1);
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void aRequestOfTheWrongShapeLeavesNothing() {
    problem(post("seven", "{\"name\":\"\",\"shared\":true}"), 400, "invalid-request");

    assertThat(kept()).isZero();
  }

  @Test
  void ofTwoAtTheSameMomentOneIsDoneAndTheOtherWaitsForItsAnswer() throws InterruptedException, ExecutionException {
    var name = UUID.randomUUID().toString();
    var gate = new CountDownLatch(1);
    MannersResource.GATES.put(name, gate);
    try (var atOnce = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = atOnce.submit(() -> row("eight", name, false));
      var other = atOnce.submit(() -> row("eight", name, false));
      await().pollInSameThread().atMost(20, SECONDS).until(() -> waiting() == 1);
      gate.countDown();

      assertThat(one.get().statusCode()).isEqualTo(200);
      assertThat(other.get().asString()).isEqualTo(one.get().asString());
      assertThat(new String[] {one.get().header("Idempotent-Replay"), other.get().header("Idempotent-Replay")}).containsExactlyInAnyOrder("true", null);
      assertThat(rowsOf(name)).isEqualTo(1);
    }
  }

  @Test
  void whereTheFirstOfTwoFailsTheSecondIsDone() throws InterruptedException, ExecutionException {
    var name = UUID.randomUUID().toString();
    var gate = new CountDownLatch(1);
    MannersResource.GATES.put(name, gate);
    try (var atOnce = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = atOnce.submit(() -> row("nine", name, true));
      await().pollInSameThread().atMost(20, SECONDS).until(() -> sleepersInside() == 1);
      var other = atOnce.submit(() -> row("nine", name, false));
      await().pollInSameThread().atMost(20, SECONDS).until(() -> waiting() == 1);
      gate.countDown();

      assertThat(one.get().statusCode()).isEqualTo(422);
      assertThat(other.get().statusCode()).isEqualTo(200);
      assertThat(rowsOf(name)).isEqualTo(1);
    }
  }

  @Test
  void anOldAnswerCountsAsNoneAndOldRowsAreSwept() {
    var first = post("ten", "{\"name\":\"a\",\"shared\":true}");
    post("old", "{\"name\":\"a\",\"shared\":true}");
    tenant.in(() -> entities.createNativeMutationQuery("update idempotency set created_at = created_at - interval '25 hours'").executeUpdate());

    var second = post("ten", "{\"name\":\"a\",\"shared\":true}");

    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.header("Location")).isNotEqualTo(first.header("Location"));
    assertThat(kept()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void aKeyHasALength(int length) {
    problem(post("k".repeat(length), "{\"name\":\"a\",\"shared\":true}"), 400, "invalid-request").body("errors[0].pointer", equalTo("Idempotency-Key"));
  }

  @Test
  void anIssuedKeyIsAnsweredAgainButNeverStored() {
    var wanted = Map.of("name", "robot", "role", "admin");
    var first = tenant.asAdmin().header("Idempotency-Key", "key").contentType("application/json").body(wanted).post("/api/v1/api-keys");
    var second = tenant.asAdmin().header("Idempotency-Key", "key").contentType("application/json").body(wanted).post("/api/v1/api-keys");

    assertThat(second.header("Idempotent-Replay")).isEqualTo("true");
    assertThat(second.asString()).isEqualTo(first.asString()).contains("ph_");
    var stored = tenant.in(() -> entities.createNativeQuery("select body from idempotency", String.class).getSingleResult());
    assertThat(stored).doesNotContain("ph_").doesNotContain("robot");
    TestTenant.as(second.path("key")).get("/api/v1/api-keys").then().statusCode(200).body("items.size()", equalTo(2));
  }

  private Response post(String key, String body) {
    return tenant.asAdmin().header("Idempotency-Key", key).contentType("application/json").body(body).post(THINGS);
  }

  private Response row(String key, String name, boolean refuse) {
    return tenant.asAdmin().header("Idempotency-Key", key).queryParam("refuse", refuse).post(ROWS + name);
  }

  private long rowsOf(String name) {
    return tenant.in(() -> entities.createNativeQuery("select count(*) from event where kind = :name", Long.class).setParameter("name", name).getSingleResult());
  }

  private long kept() {
    return tenant.in(() -> entities.createNativeQuery("select count(*) from idempotency", Long.class).getSingleResult());
  }

  /// Sessions that wait for another one's end, at the taking of a key.
  private long waiting() {
    return activity("wait_event_type = 'Lock' and query like 'insert into idempotency%'");
  }

  /// Sessions that have written their row and do nothing: the use case waits at the gate.
  private long sleepersInside() {
    return activity("state = 'idle in transaction' and query like 'insert into event%'");
  }

  private long activity(String which) {
    return tenant.in(() -> entities.createNativeQuery("select count(*) from pg_stat_activity where datname = current_database() and " + which, Long.class).getSingleResult());
  }
}
