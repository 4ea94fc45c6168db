package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.channel.Announcements;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.Provider;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Announcements come without a key: how many of them one request makes us look up is limited.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class GraphNotificationTest {
  private static final int UNKNOWN = 10;
  private static final int AT_ONCE = 1000;

  @Inject Announcements announcements;

  private final Provider provider = Provider.start().with("support@acme.example");
  private FoundedTenant tenant;
  private String mailbox;
  private String secret;

  @BeforeEach
  void connect() {
    tenant = FoundedTenant.found();
    mailbox = tenant.made("mailboxes", provider.wish("support@acme.example"));
    secret = tenant.in(() -> announcements.due(UUID.fromString(mailbox)).orElseThrow().state().reveal());
  }

  @AfterEach
  void stop() {
    tenant.delete("mailboxes/" + mailbox).statusCode(204);
    provider.close();
  }

  private static List<String> strangers(int count) {
    return IntStream.range(0, count).mapToObj(_ -> UUID.randomUUID() + ".guessed").toList();
  }

  private static Response heard(List<String> states) {
    return RestAssured.given().contentType("application/json").body(Map.of("value", states.stream().map(state -> Map.of("clientState", state)).toList()))
        .post("/hooks/graph");
  }

  private static List<String> both(List<String> first, String last) {
    return Stream.concat(first.stream(), Stream.of(last)).toList();
  }

  @Test
  void whatIsKnownIsHeardAmongAFewThatAreNot() {
    assertThat(heard(both(strangers(UNKNOWN - 1), secret)).statusCode()).isEqualTo(202);
    assertThat(heard(both(Collections.nCopies(5 * UNKNOWN, UUID.randomUUID() + ".again"), secret)).statusCode()).as("one, however often").isEqualTo(202);
  }

  @Test
  void behindManyThatNobodyKnowsNobodyLooks() {
    assertThat(heard(both(strangers(UNKNOWN), secret)).statusCode()).isEqualTo(403);
  }

  @Test
  void moreThanOneRequestMayHoldIsRefused() {
    assertThat(heard(Collections.nCopies(AT_ONCE, secret)).statusCode()).isEqualTo(202);
    assertThat(heard(Collections.nCopies(AT_ONCE + 1, secret)).statusCode()).isEqualTo(400);
  }
}
