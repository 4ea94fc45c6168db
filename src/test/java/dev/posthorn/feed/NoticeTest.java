package dev.posthorn.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Agents are told by mail what happens to their tickets.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class NoticeTest {
  @Inject Outbox outbox;
  @Inject EntityManager entities;
  @Inject Journal journal;

  private final FoundedTenant tenant = FoundedTenant.found();
  private FoundedTenant.Person ada;

  @BeforeEach
  void adaWantsToKnow() {
    ada = tenant.person(Role.AGENT, "ada");
    tenant.patch("queues/" + tenant.first("queues"), Map.of("agentIds", List.of(ada.agentId()))).statusCode(200);
    ada.call().body(Map.of("byMail", true)).put("/api/v1/agents/" + ada.agentId() + "/notices").then().statusCode(200);
  }

  private String assigned(String subject) {
    var ticket = tenant.made("tickets", Map.of("subject", subject, "requester", Map.of("email", "anna@customer.example")));
    tenant.asAdmin().body(Map.of("agentId", ada.agentId())).put("/api/v1/tickets/" + ticket + "/assignee").then().statusCode(200);
    return ticket;
  }

  /// In one transaction, so that one round finds both.
  private void assignedAtOnce(String... subjects) {
    var ids = Arrays.stream(subjects).map(subject -> tenant.made("tickets", Map.of("subject", subject, "requester", Map.of("email", "anna@customer.example")))).toList();
    tenant.in(() -> {
      for (var id : ids) {
        entities.createNativeQuery("update ticket set assignee_id = :agent where id = :id").setParameter("agent", ada.agentId()).setParameter("id", UUID.fromString(id))
            .executeUpdate();
        journal.ticket("ticket.assigned", UUID.fromString(id), Actor.ADMIN, Map.of("to", ada.agentId().toString()));
      }
      return null;
    });
  }

  private List<OutboundMail> mails() {
    return tenant.in(() -> outbox.list("envelopeFrom = '' order by id"));
  }

  private Mail read(OutboundMail mail) {
    return switch (new MailParser(MailLimits.DEFAULT).parse(RawMail.of(CustomerServer.received("ada@people.example", mail.messageId).getBytes(StandardCharsets.UTF_8)))) {
      case Parsed.Readable(Mail one) -> one;
      case Parsed.Unreadable(String why) -> throw new AssertionError(why);
    };
  }

  private void roundsAreOver() {
    await().until(() -> tenant.in(() -> ((Number) entities.createNativeQuery("""
        select count(*) from event e, notice_round r where e.tenant_id = current_tenant() and r.tenant_id = e.tenant_id and (e.tx, e.id) > (r.tx, r.event_id)""")
        .getSingleResult()).longValue()) == 0);
    await().until(() -> tenant.in(() -> entities.createQuery("select count(*) from Notice where state = 'pending'", Long.class).getSingleResult()) == 0);
  }

  @Test
  void eachEventIsToldOnceAndSeveralInOneMail() { // P-54
    assignedAtOnce("The lift", "The door");

    await().until(() -> !mails().isEmpty());
    roundsAreOver();
    assertThat(mails()).hasSize(1);
    var mail = read(mails().getFirst());
    assertThat(mail.to()).extracting(to -> to.address()).containsExactly("ada@people.example");
    assertThat(mail.subject()).isEqualTo("News on your tickets: 2");
    assertThat(mail.text()).contains("The lift: is assigned to you", "The door: is assigned to you");
    assertThat(mail.header("Auto-Submitted")).contains("auto-generated");

    // The same events are looked at again, as after a crash before the place was kept.
    tenant.in(() -> entities.createNativeQuery("update notice_round set tx = 0, event_id = '00000000-0000-0000-0000-000000000000' where tenant_id = current_tenant()").executeUpdate());
    roundsAreOver();
    assertThat(mails()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"de,Neues zu Ihren Tickets: 1,ist Ihnen zugewiesen", "fr-CA,Du nouveau dans vos tickets : 1,vous est attribué", "ja,担当チケットの更新：1件,あなたに割り当てられました"})
  void theySpeakTheTenantsLanguage(String locale, String subject, String news) {
    tenant.patch("tenant", Map.of("locale", locale)).statusCode(200);
    assigned("The lift & <b>{x}</b>");

    await().until(() -> !mails().isEmpty());
    var mail = read(mails().getFirst());
    assertThat(mail.subject()).isEqualTo(subject);
    assertThat(mail.text()).contains("The lift & <b>{x}</b>: " + news);
  }

  @Test
  void nobodyIsToldWhatTheyDidThemselves() { // P-54
    var ticket = tenant.made("tickets", Map.of("subject", "Own", "requester", Map.of("email", "anna@customer.example")));
    ada.call().body(Map.of("agentId", ada.agentId())).put("/api/v1/tickets/" + ticket + "/assignee").then().statusCode(200);

    roundsAreOver();

    assertThat(mails()).isEmpty();
  }

  @Test
  void whoDoesNotWantToKnowIsNotTold() {
    ada.call().body(Map.of("byMail", false)).put("/api/v1/agents/" + ada.agentId() + "/notices").then().statusCode(200);
    assigned("The lift");

    roundsAreOver();

    assertThat(mails()).isEmpty();
    tenant.person(Role.AGENT, "ben").call().body(Map.of("byMail", true)).put("/api/v1/agents/" + ada.agentId() + "/notices").then().statusCode(403);
  }

  @Test
  void aBounceOfANoticeMakesNoTicketAndEndsTheNotices() { // P-29
    assigned("The lift");
    await().until(() -> !mails().isEmpty());
    roundsAreOver();
    var notice = mails().getFirst();
    var from = read(notice).from().orElseThrow().address();
    var tickets = tenant.get("tickets?count=true").extract().jsonPath().getInt("total");

    var channel = tenant.first("inbound-channels");
    String id = FoundedTenant.as(tenant.adminKey()).contentType("message/rfc822").queryParam("sender", "").body(bounce(notice, from))
        .post("/api/v1/inbound-channels/" + channel + "/mails").then().statusCode(202).extract().path("id");

    await().until(() -> tenant.get("inbound-mails/" + id).extract().<String>path("state").equals("bounce"));
    assertThat(tenant.get("tickets?count=true").extract().jsonPath().getInt("total")).isEqualTo(tickets);
    assigned("The door");
    roundsAreOver();
    await().until(() -> mails().size() == 2 && mails().getLast().state.equals("suppressed"));
  }

  private static byte[] bounce(OutboundMail notice, String to) {
    return """
        From: MAILER-DAEMON@people.example
        To: %s
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain

        User unknown
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.people.example

        Final-Recipient: rfc822; ada@people.example
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 User unknown
        --b
        Content-Type: message/rfc822

        From: %s
        To: ada@people.example
        Subject: News
        Message-ID: <%s>

        News
        --b--
        """.formatted(to, to, notice.messageId).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
