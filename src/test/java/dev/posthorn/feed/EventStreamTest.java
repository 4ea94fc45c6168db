package dev.posthorn.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.lessThan;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Feed;
import dev.posthorn.event.Feed.Place;
import dev.posthorn.event.Journal;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class EventStreamTest {
  @Inject Journal journal;
  @Inject Feed feed;
  @Inject Tenants tenants;

  @Test
  void whoListensHearsOfWhatHappensFromThenOn() throws Exception {
    var tenant = FoundedTenant.found();
    happens(tenant, "thing.before");

    try (var listener = listening(tenant.adminKey(), null)) {
      happens(tenant, "thing.one");
      happens(tenant, "thing.two");

      await().untilAsserted(() -> assertThat(listener.names()).containsExactly("thing.one", "thing.two"));
      var event = listener.heard().getFirst().data();
      assertThat(event.get("kind").asText()).isEqualTo("thing.one");
      assertThat(event.get("actor").get("kind").asText()).isEqualTo("system");
      assertThat(event.get("data").get("number").asInt()).isEqualTo(7);
    }
  }

  @Test
  void whoComesAgainHearsWhatWasMissedOnce() throws Exception {
    var tenant = FoundedTenant.found();
    String last;
    try (var listener = listening(tenant.adminKey(), null)) {
      happens(tenant, "thing.one");
      await().until(() -> !listener.heard().isEmpty());
      last = listener.heard().getFirst().id();
    }
    happens(tenant, "thing.two");
    happens(tenant, "thing.three");

    try (var listener = listening(tenant.adminKey(), last)) {
      happens(tenant, "thing.four");

      await().untilAsserted(() -> assertThat(listener.names()).containsExactly("thing.two", "thing.three", "thing.four"));
    }
  }

  @Test
  void agentsHearOfTheTicketsThatTheySee() throws Exception {
    var tenant = FoundedTenant.found();
    var agent = tenant.person(Role.AGENT, "anna");
    var queue = UUID.fromString(tenant.made("queues", Map.of("name", "Hers", "color", "#112233", "agentIds", List.of(agent.agentId()))));
    var foreign = ticket(tenant, "Not hers", null);
    var own = ticket(tenant, "Hers", queue);

    try (var listener = listening(agent.key(), Place.BEGINNING.toString())) {
      await().until(() -> listener.names().contains("ticket.subject-changed"));

      assertThat(listener.heard()).extracting(event -> event.data().get("ticketId").asText()).containsOnly(own.toString()).doesNotContain(foreign.toString());
    }
  }

  @Test
  void aNewMessageOnOnesTicketIsHeardWithSound() throws Exception { // WX-08, WX-09
    var tenant = FoundedTenant.found();
    var agent = tenant.person(Role.AGENT, "anna");
    var queue = UUID.fromString(tenant.made("queues", Map.of("name", "Hers", "color", "#112233", "agentIds", List.of(agent.agentId()))));
    var ticket = ticket(tenant, "Hers", queue);
    tenant.asAdmin().body(Map.of("agentId", agent.agentId())).put("/api/v1/tickets/" + ticket + "/assignee").then().statusCode(200);

    try (var listener = listening(agent.key(), null)) {
      // She is writing an answer meanwhile.
      agent.call().body(Map.of()).put("/api/v1/tickets/" + ticket + "/drafting").then().statusCode(lessThan(300));
      var first = tenant.get("tickets/" + ticket + "/messages").extract().jsonPath().getString("items[0].messageId");
      push(tenant, "From: c@customer.example\r\nSubject: Re: Hers\r\nIn-Reply-To: <" + first + ">\r\n\r\nAnd another thing.\r\n");

      await().until(() -> listener.names().contains("message.received"));
      var heard = listener.heard().stream().filter(event -> event.name().equals("message.received")).findFirst().orElseThrow().data();
      assertThat(heard.get("ticketId").asText()).isEqualTo(ticket.toString());
      assertThat(heard.get("data").get("assigneeId").asText()).isEqualTo(agent.agentId().toString());
      assertThat(heard.get("data").get("sound").asBoolean()).isTrue();
    }
  }

  @Test
  void whatConcernsNoTicketDoesNotEndAnAgentsStream() throws Exception {
    var tenant = FoundedTenant.found();
    var agent = tenant.person(Role.AGENT, "anna");
    var queue = UUID.fromString(tenant.made("queues", Map.of("name", "Hers", "color", "#112233", "agentIds", List.of(agent.agentId()))));

    try (var listener = listening(agent.key(), null)) {
      happens(tenant, "thing.of-the-tenant");
      ticket(tenant, "Hers", queue);

      await().until(() -> listener.names().contains("ticket.subject-changed"));
      assertThat(listener.names()).doesNotContain("thing.of-the-tenant");
    }
  }

  @Test
  void nobodyHearsOfAnotherTenant() throws Exception {
    var tenant = FoundedTenant.found();
    var stranger = FoundedTenant.found();
    happens(stranger, "thing.strange");
    happens(tenant, "thing.own");

    try (var listener = listening(tenant.adminKey(), Place.BEGINNING.toString())) {
      await().until(() -> listener.names().contains("thing.own"));

      assertThat(listener.names()).doesNotContain("thing.strange");
    }
  }

  @Test
  void anIdThatIsNoneIsRefused() throws Exception {
    try (var listener = new Listener(FoundedTenant.found().adminKey(), "yesterday")) {
      assertThat(listener.status()).isEqualTo(400);
    }
  }

  @Test
  void whatARunningTransactionMayComeBeforeIsToldAfterIt() throws Exception {
    var tenant = FoundedTenant.found();
    var place = tenant.in(feed::end);
    var wrote = new CountDownLatch(1);
    var mayCommit = new CountDownLatch(1);
    var slow = CompletableFuture.runAsync(() -> tenant.in(() -> {
      journal.tenant("thing.first", Actor.SYSTEM, Map.of());
      journal.flush();
      wrote.countDown();
      await().until(() -> mayCommit.getCount() == 0);
      return null;
    }));
    wrote.await();
    happens(tenant, "thing.second");

    assertThat(tenant.in(() -> feed.after(place, 10))).isEmpty();
    mayCommit.countDown();
    slow.join();
    assertThat(tenant.in(() -> feed.after(place, 10))).extracting(Feed.Told::kind).containsExactly("thing.first", "thing.second");
  }

  @Test
  void whoseKeyIsDeletedHearsNothingMore() throws Exception {
    var tenant = FoundedTenant.found();
    var issued = tenant.post("api-keys", Map.of("name", "listener", "role", "admin")).statusCode(201).extract();

    hearsNothingAfter(tenant, issued.path("key"), () -> tenant.delete("api-keys/" + issued.path("id")).statusCode(204));
  }

  @Test
  void whoIsShutOutHearsNothingMore() throws Exception {
    var tenant = FoundedTenant.found();
    var admin = tenant.person(Role.ADMIN, "anna");

    hearsNothingAfter(tenant, admin.key(), () -> tenant.patch("agents/" + admin.agentId(), Map.of("active", false)).statusCode(200));
  }

  @Test
  void whoMayLessIsSentAwayToComeAgain() throws Exception {
    var tenant = FoundedTenant.found();
    var admin = tenant.person(Role.ADMIN, "anna");

    hearsNothingAfter(tenant, admin.key(), () -> tenant.patch("agents/" + admin.agentId(), Map.of("role", "agent")).statusCode(200));

    try (var again = listening(admin.key(), Place.BEGINNING.toString())) {
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.names()).doesNotContain("thing.secret");
    }
  }

  @Test
  void nobodyHearsOfATenantThatIsErased() throws Exception {
    var tenant = FoundedTenant.found();

    hearsNothingAfter(tenant, tenant.adminKey(), () -> tenants.erase(tenant.id().value()));
  }

  private void hearsNothingAfter(FoundedTenant tenant, String key, Runnable deed) throws Exception {
    try (var listener = listening(key, null)) {
      happens(tenant, "thing.open");
      await().until(() -> listener.names().contains("thing.open"));

      deed.run();
      happens(tenant, "thing.secret");

      await().until(listener::isOver);
      assertThat(listener.names()).contains("thing.open").doesNotContain("thing.secret");
    }
  }

  private void happens(FoundedTenant tenant, String kind) {
    tenant.in(() -> {
      journal.tenant(kind, Actor.SYSTEM, Map.of("number", 7));
      return null;
    });
  }

  /// A ticket in which something happened; in the queue, if one is named.
  private static UUID ticket(FoundedTenant tenant, String subject, UUID queue) {
    var mail = "From: c@customer.example\r\nSubject: " + subject + "\r\nMessage-ID: <" + UUID.randomUUID() + "@customer.example>\r\n\r\nHello\r\n";
    push(tenant, mail);
    await().until(() -> tenant.get("tickets").extract().jsonPath().getList("items.subject").contains(subject));
    var id = tenant.get("tickets").extract().jsonPath().getString("items.find { it.subject == '" + subject + "' }.id");
    if (queue != null) {
      tenant.patch("tickets/" + id, Map.of("queueId", queue)).statusCode(200);
    }
    tenant.patch("tickets/" + id, Map.of("subject", subject + "!")).statusCode(200);
    return UUID.fromString(id);
  }

  private static void push(FoundedTenant tenant, String mail) {
    FoundedTenant.as(tenant.adminKey()).contentType("message/rfc822").body(mail.getBytes(StandardCharsets.US_ASCII))
        .post("/api/v1/inbound-channels/" + tenant.first("inbound-channels") + "/mails").then().statusCode(202);
  }

  private static Listener listening(String key, String lastEventId) throws Exception {
    var listener = new Listener(key, lastEventId);
    await().until(listener::hasBegun);
    return listener;
  }
}
