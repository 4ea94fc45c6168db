package dev.posthorn.web;

import static dev.posthorn.web.ProblemsTest.problem;
import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.posthorn.support.CutLine;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TestTenant;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Too many requests, and no database.
@QuarkusTest
@TestProfile(StrainedTest.Strained.class)
@Timeout(120)
class StrainedTest {
  private static final int BURST = 5;
  private static final String CALLER = "/api/v1/test-manners/caller";

  Consumer<Boolean> databaseIsUp;
  @Inject TransactionManager transactions;

  @Test
  void aKeyThatIsUsedTooOftenHasToWaitAndOthersHaveNot() {
    var tenant = tenant();
    for (int i = 0; i < BURST; i++) {
      tenant.asAdmin().get(CALLER).then().statusCode(200);
    }

    var answer = tenant.asAdmin().get(CALLER);
    problem(answer, 429, "too-many-requests");
    // One a minute: the exact second depends on how long the requests took.
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
    problem(tenant.asAdmin().get("/api/v1/no-such-thing"), 429, "too-many-requests");
    tenant().asAdmin().get(CALLER).then().statusCode(200);
  }

  @Test
  void withoutADatabaseTheAnswerIsToComeAgain() {
    var known = tenant();
    known.asAdmin().get(CALLER).then().statusCode(200);
    var unknown = "ph_0123456789abcdef_" + "0".repeat(64);

    databaseIsUp.accept(false);
    try {
      problem(TestTenant.as(unknown).get(CALLER), 503, "unavailable").header("Retry-After", "5");
      problem(known.asAdmin().get("/api/v1/api-keys"), 503, "unavailable").header("Retry-After", "5");
    } finally {
      databaseIsUp.accept(true);
    }
    await().pollInSameThread().atMost(30, SECONDS).until(() -> given().header("Authorization", "Bearer " + unknown).get(CALLER).statusCode() == 401);
  }

  @Test
  void aTransactionThatCouldNotBeginLeavesItsThreadFree() throws SystemException {
    var tenant = tenant();

    databaseIsUp.accept(false);
    try {
      assertThatThrownBy(() -> tenant.in(() -> "never")).isInstanceOf(RuntimeException.class);

      assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    } finally {
      databaseIsUp.accept(true);
    }
  }

  /// The pool finds out which of its connections the cut broke by using them.
  private static TestTenant tenant() {
    return await().pollInSameThread().atMost(30, SECONDS).ignoreExceptions().until(TestTenant::create, Objects::nonNull);
  }

  public static final class Strained implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("posthorn.web.rate-limit.burst", String.valueOf(BURST), "posthorn.web.rate-limit.per-minute", "1");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Line.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  /// Lays the line, and gives the test the switch. Test and resource are loaded apart, so it is a type of the JDK.
  public static final class Line implements QuarkusTestResourceLifecycleManager {
    private final CutLine line = new CutLine(TestDatabase.port());

    @Override
    public Map<String, String> start() {
      var config = new HashMap<>(TestDatabase.config("posthorn"));
      config.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + line.port() + "/posthorn");
      return config;
    }

    @Override
    public void inject(TestInjector test) {
      test.injectIntoFields((Consumer<Boolean>) up -> {
        if (up) {
          line.mend();
        } else {
          line.cut();
        }
      }, new TestInjector.MatchesType(Consumer.class));
    }

    @Override
    public void stop() {
      line.close();
    }
  }
}
