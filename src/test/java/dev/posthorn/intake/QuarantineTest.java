package dev.posthorn.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.RawMail;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class QuarantineTest {
  @Inject House house;
  @Inject InboundMails mails;
  @Inject Blobs blobs;
  @Inject EntityManager entities;
  private FoundedTenant tenant;
  private House.Lodger lodger;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
    lodger = new House.Lodger(tenant.id(), UUID.fromString(tenant.first("inbound-channels")), null, "support+x@in.posthorn.example");
  }

  @Test
  void anUnknownSendersMailWaitsAndIsFiledWhenReleased() { // EH-23
    knownOnly(true);
    var held = house.filed(lodger, SampleMail.from("mallory@elsewhere.example").subject("Let me in").bytes());

    assertThat(held.state).isEqualTo("quarantined");
    tenant.get("tickets").body("items", hasSize(0));
    tenant.get("contacts").body("items", hasSize(0));
    tenant.get("quarantine?count=true").statusCode(200).body("items.id", contains(held.id.toString())).body("total", equalTo(1))
        .body("items[0].reason", equalTo("unknown-contact")).body("items[0].from", equalTo("mallory@elsewhere.example"))
        .body("items[0].subject", equalTo("Let me in")).body("items[0].inboundChannelId", equalTo(lodger.channelId().toString()));

    tenant.post("quarantine/" + held.id + "/release", Map.of()).statusCode(202);

    var filed = house.settled(lodger, held.id);
    assertThat(filed.state).isEqualTo("ticketed");
    tenant.get("quarantine").body("items", hasSize(0));
    tenant.get("tickets/" + filed.ticketId).statusCode(200).body("requester.email", equalTo("mallory@elsewhere.example"));
    tenant.post("quarantine/" + held.id + "/release", Map.of()).statusCode(202).body("state", equalTo("ticketed"))
        .body("ticketId", equalTo(filed.ticketId.toString()));
    tenant.get("tickets?count=true").body("total", equalTo(1));
    // Whoever was let in once is known.
    assertThat(house.filed(lodger, SampleMail.from("mallory@elsewhere.example").bytes()).state).isEqualTo("ticketed");
  }

  @Test
  void anUnknownCopiedPersonAnswersAllTheSame() { // EH-24
    var first = house.filed(lodger, SampleMail.from("anna@customer.example").header("Cc", "unknown@elsewhere.example").id("q1@customer.example").bytes());
    knownOnly(true);

    var answer = house.filed(lodger, SampleMail.from("unknown@elsewhere.example").header("In-Reply-To", "<q1@customer.example>").bytes());

    assertThat(answer.state).isEqualTo("threaded");
    assertThat(answer.ticketId).isEqualTo(first.ticketId);
  }

  @Test
  void whatWasNeverHeldIsNotReleased() {
    var filed = house.filed(lodger, SampleMail.from("anna@customer.example").bytes());

    tenant.post("quarantine/" + filed.id + "/release", Map.of()).statusCode(404);
    tenant.post("quarantine/" + UUID.randomUUID() + "/release", Map.of()).statusCode(404);
    tenant.post("inbound-mails/" + filed.id + "/reprocessing", Map.of()).statusCode(409);
    tenant.person(Role.LEAD, "lea").call().get("/api/v1/quarantine").then().statusCode(403);
  }

  @Test
  void theSumsMatchWhateverBecameOfTheMails() { // P-53
    var lost = SampleMail.from("lost@customer.example").bytes();
    house.filed(lodger, SampleMail.from("anna@customer.example").id("l1@customer.example").bytes());
    house.filed(lodger, SampleMail.from("anna@customer.example").header("In-Reply-To", "<l1@customer.example>").bytes());
    knownOnly(true);
    house.filed(lodger, SampleMail.from("mallory@elsewhere.example").bytes());
    knownOnly(false);
    var failed = failing(lost);
    var waiting = house.bring(lodger, SampleMail.from("anna@customer.example").subject("late").bytes());
    house.in(lodger, () -> mails.update("dueAt = ?1 where id = ?2 and state = 'pending'", Instant.parse("9999-01-01T00:00:00Z"), waiting));

    addsUp(5);
    tenant.get(ledger()).body("failed", equalTo(1)).body("quarantined", equalTo(1)).body("threaded", equalTo(1));

    // The bytes are back: what failed is tried again.
    house.in(lodger, () -> {
      try (var raw = RawMail.of(lost)) {
        blobs.put(raw.sha256(), raw.size(), raw.open());
      }
      return null;
    });
    tenant.post("inbound-mails/" + failed + "/reprocessing", Map.of()).statusCode(202).body("id", equalTo(failed.toString()));
    assertThat(house.settled(lodger, failed).state).isEqualTo("ticketed");
    addsUp(5);
    tenant.get(ledger()).body("failed", equalTo(0));
  }

  /// A mail whose bytes cannot be read, at its last try.
  private UUID failing(byte[] mail) {
    var never = Instant.parse("9999-01-01T00:00:00Z");
    tenant.patch("teams/" + tenant.first("teams"), Map.of("emailHubEnabled", false)).statusCode(200);
    var id = house.bring(lodger, mail);
    await().atMost(Duration.ofSeconds(30)).until(() -> house.in(lodger, () -> mails.findById(id)).dueAt, never::equals);
    house.in(lodger, () -> {
      try (var raw = RawMail.of(mail)) {
        entities.createNativeQuery("delete from blob where sha256 = :sha").setParameter("sha", raw.sha256().bytes()).executeUpdate();
      }
      return mails.update("attempts = 100, reason = 'tested' where id = ?1", id);
    });
    tenant.patch("teams/" + tenant.first("teams"), Map.of("emailHubEnabled", true)).statusCode(200);
    house.in(lodger, () -> mails.update("dueAt = ?1 where id = ?2", Instant.now(), id));
    assertThat(house.settled(lodger, id).state).isEqualTo("failed");
    return id;
  }

  private void addsUp(int received) {
    var counts = tenant.get(ledger()).statusCode(200).body("received", equalTo(received)).body("inboundChannelId", notNullValue()).extract().jsonPath();
    assertThat(Stream.of(InboundState.values()).mapToInt(state -> counts.getInt(state.word())).sum()).isEqualTo(received);
  }

  private String ledger() {
    return "inbound-channels/" + lodger.channelId() + "/ledger";
  }

  private void knownOnly(boolean only) {
    tenant.patch("teams/" + tenant.first("teams"), Map.of("acceptOnlyKnownContacts", only)).statusCode(200).body("acceptOnlyKnownContacts", equalTo(only));
  }
}
