package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.channel.MailboxLines;
import dev.posthorn.channel.MailboxPulls;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.Provider;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.web.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may read a mailbox, and what is said when nobody does. No process of this application reads any here.
@QuarkusTest
@TestProfile(MailboxLeaseTest.NobodyReads.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class MailboxLeaseTest {
  public static final class NobodyReads implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("posthorn.pull.enabled", "false", "posthorn.pull.stalled-interval", "1h", "posthorn.outbox.enabled", "false");
    }
  }

  private static final Duration LEASE = Duration.ofSeconds(40);
  private static final MailboxLines.Spent SPENT = new MailboxLines.Spent(LocalDate.of(2026, 11, 22), 17);

  @Inject MailboxPulls pulls;
  @Inject @Wellness StalledMailboxes stalled;
  @Inject EntityManager entities;
  @Inject Clock clock;

  private final Provider provider = Provider.start().with("support@acme.example");
  private final UUID one = Ids.next();
  private final UUID two = Ids.next();
  private FoundedTenant tenant;
  private UUID mailbox;

  @BeforeEach
  void connect() {
    tenant = FoundedTenant.found();
    mailbox = UUID.fromString(tenant.made("mailboxes", provider.wish("support@acme.example")));
  }

  @AfterEach
  void stop() {
    tenant.delete("mailboxes/" + mailbox).statusCode(204);
    provider.close();
  }

  private boolean claims(UUID node) {
    return pulls.claim(node, 100, LEASE).stream().anyMatch(claim -> claim.mailboxId().equals(mailbox));
  }

  private boolean holds(UUID node) {
    return pulls.extend(node, LEASE).stream().anyMatch(claim -> claim.mailboxId().equals(mailbox));
  }

  private <T> T in(Callable<T> work) {
    return Tenancy.in(new TenantId(tenant.id().value()), () -> QuarkusTransaction.requiringNew().call(work));
  }

  private void ends(String what) {
    in(() -> entities.createNativeQuery("update mailbox_pull set " + what + " where mailbox_id = ?1").setParameter(1, mailbox).executeUpdate());
  }

  @Test
  void twoNodesNeverReadOneMailbox() { // P-38
    assertThat(claims(one)).isTrue();
    assertThat(claims(two)).isFalse();
    assertThat(holds(one)).isTrue();
    assertThat(holds(two)).isFalse();
  }

  @Test
  void whatADeadNodeHeldIsFreeWhenItsLeaseEnds() { // P-38
    claims(one);
    ends("lease_until = now() - interval '1 second'");

    assertThat(claims(two)).isTrue();
    assertThat(holds(one)).isFalse();
  }

  @Test
  void whoLostTheLeaseWritesNothing() {
    claims(one);
    ends("lease_until = now() - interval '1 second'");
    claims(two);

    assertThat(in(() -> pulls.advance(mailbox, one, "1 7 7 7 7", SPENT))).isFalse();
    in(() -> {
      pulls.release(mailbox, one, clock.instant());
      return null;
    });
    assertThat(holds(two)).isTrue();
    assertThat(in(() -> pulls.advance(mailbox, two, "1 8 8 8 8", SPENT))).isTrue();
  }

  @Test
  void aChangedMailboxIsTakenFromWhoReadsIt() {
    claims(one);
    tenant.patch("mailboxes/" + mailbox, Map.of("unreadOnly", true)).statusCode(200);

    assertThat(holds(one)).isFalse();
    assertThat(claims(two)).isTrue();
  }

  @Test
  void aMailboxThatStandsStillIsNoisyOnce() { // P-03
    tenant.person(Role.ADMIN, "ada");
    ends("last_success_at = now() - interval '1 day', state = 'failing', last_error = 'no answer in time'");

    stalled.round();
    stalled.round();

    assertThat(number("select count(*) from event where kind = 'mailbox.stalled'")).isEqualTo(1);
    assertThat(number("select count(*) from outbound_mail m join outbound_recipient r on r.outbound_mail_id = m.id"
        + " join outbound_channel c on c.id = m.channel_id where r.address = 'ada@people.example' and c.kind = 'relay'")).isEqualTo(1);
    assertThat(stalled.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    assertThat(RestAssured.get("/q/metrics").asString()).containsPattern("posthorn_mailbox_oldest_success_seconds [1-9]");
    assertThat(tenant.get("mailboxes/" + mailbox).extract().<String>path("lastError")).isEqualTo("no answer in time");
  }

  @Test
  void itIsSaidInTheTenantsLanguage() { // P-03
    tenant.patch("tenant", Map.of("locale", "de-AT")).statusCode(200);
    tenant.person(Role.ADMIN, "ada");
    ends("last_success_at = now() - interval '1 day', state = 'failing', last_error = 'no answer in time'");

    stalled.round();

    assertThat(in(() -> (String) entities.createNativeQuery("""
        select convert_from(b.content, 'UTF8') from outbound_mail m join blob b on b.tenant_id = m.tenant_id and b.sha256 = m.sha256
        join outbound_recipient r on r.outbound_mail_id = m.id where r.address = 'ada@people.example'""").getSingleResult()))
        .contains("Das Postfach support", "Sein Server sagt: no answer in time", "/diagnosis");
  }

  private long number(String sql) {
    return in(() -> ((Number) entities.createNativeQuery(sql).getSingleResult()).longValue());
  }
}
