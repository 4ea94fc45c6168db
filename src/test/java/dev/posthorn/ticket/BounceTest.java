package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.intake.InboundMail;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.Reports;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a reply that comes back, from the agents' side.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class BounceTest {
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk();
  }

  /// A delivery report as servers write it.
  private SampleMail report(String failed, String action, String status, String words, String original) {
    return Reports.of(desk.lodger.address(), failed, action, status, words, original);
  }

  private JsonPath sent(UUID ticket, Map<String, ?> reply) {
    var id = desk.reply(ticket, reply).statusCode(202).extract().jsonPath().getUUID("id");
    return settled(id, "sent");
  }

  private JsonPath settled(UUID message, String state) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> desk.get("/messages/{id}", message), view -> view.getString("delivery.state").equals(state));
  }

  private List<String> events(UUID ticket) {
    return desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind", String.class);
  }

  private List<String> suppressed(String reason) {
    return desk.get("/suppressions?reason=" + reason).getList("items.pattern");
  }

  @Test
  void aBounceMarksTheMessageAndMakesNoTicket() { // P-30
    var ticket = desk.ticket();
    var reply = sent(ticket, Map.of("text", "Done.", "status", "solved"));

    var bounce = desk.arrives(report("Anna@customer.example", "failed", "5.1.1", "550 5.1.1 User unknown", reply.getString("messageId")));

    assertThat(bounce.state).isEqualTo("bounce");
    assertThat(bounce.reason).contains("5.1.1").contains("User unknown");
    assertThat(bounce.ticketId).isEqualTo(ticket);
    assertThat(bounce.messageId).isEqualTo(reply.getUUID("id"));
    var marked = desk.get("/messages/{id}", reply.getUUID("id"));
    assertThat(marked.getString("delivery.state")).isEqualTo("bounced");
    assertThat(marked.getString("delivery.lastError")).isEqualTo("550 5.1.1 User unknown");
    assertThat(marked.getString("delivery.recipients[0].state")).isEqualTo("bounced");
    assertThat(marked.getString("delivery.sentAt")).isNotNull();
    assertThat(desk.get("/tickets?count=true").getInt("total")).isEqualTo(1);
    assertThat(desk.get("/tickets/{id}", ticket).getString("status")).isEqualTo("open");
    assertThat(events(ticket)).contains("message.bounced");
  }

  @Test
  void anAddressWhereNobodyIsGetsNothingMore() { // OD-25
    var ticket = desk.ticket();
    var first = sent(ticket, Map.of("text", "Done."));
    desk.arrives(report("anna@customer.example", "failed", "5.1.1", "550 5.1.1 User unknown", first.getString("messageId")));
    assertThat(suppressed("hard-bounce")).containsExactly("anna@customer.example");

    var id = desk.reply(ticket, Map.of("text", "Again.")).statusCode(202).extract().jsonPath().getUUID("id");

    assertThat(settled(id, "suppressed").getString("delivery.recipients[0].state")).isEqualTo("suppressed");
    assertThat(events(ticket)).contains("message.suppressed");
    assertThat(CustomerServer.inbox("anna@customer.example")).noneSatisfy(mail -> assertThat(new String(mail)).contains("Again."));
  }

  @Test
  void aFullMailboxIsFullTodayOnly() {
    var ticket = desk.ticket();
    var reply = sent(ticket, Map.of("text", "Done."));

    desk.arrives(report("anna@customer.example", "failed", "5.2.2", "552 5.2.2 Mailbox full", reply.getString("messageId")));

    assertThat(desk.get("/messages/{id}", reply.getUUID("id")).getString("delivery.state")).isEqualTo("bounced");
    assertThat(suppressed("hard-bounce")).isEmpty();
  }

  @Test
  void aBounceForSomebodyWhomItNeverWentToChangesNothing() { // P-31
    var ticket = desk.ticket();
    var reply = sent(ticket, Map.of("text", "Done.", "status", "solved"));

    var forged = desk.arrives(report("bob@customer.example", "failed", "5.1.1", "550 5.1.1 User unknown", reply.getString("messageId")));
    var guessed = desk.arrives(report("anna@customer.example", "failed", "5.1.1", "550 5.1.1 User unknown", "guessed@in.posthorn.example"));

    for (var row : List.of(forged, guessed)) {
      assertThat(row.state).isEqualTo("bounce");
      assertThat(row.reason).isEqualTo("unmatched");
      assertThat(row.ticketId).isNull();
    }
    assertThat(desk.get("/messages/{id}", reply.getUUID("id")).getString("delivery.state")).isEqualTo("sent");
    assertThat(desk.get("/tickets/{id}", ticket).getString("status")).isEqualTo("solved");
    assertThat(suppressed("hard-bounce")).isEmpty();
    assertThat(desk.get("/tickets?count=true").getInt("total")).isEqualTo(1);
  }

  @Test
  void aBounceThatNamesNoMailIsKnownByTheAddressItComesTo() { // P-30
    var ticket = desk.ticket();
    var reply = sent(ticket, Map.of("text", "Done."));
    var returnPath = desk.sent(reply.getUUID("id")).replyTo().getFirst().address();
    var words = SampleMail.from("MAILER-DAEMON@qmail.example").to(returnPath).subject("failure notice")
        .body("Hi. This is the qmail-send program at qmail.example.\n\n<anna@customer.example>:\n550 5.1.1 no such user\n");

    var bounce = desk.house.settled(desk.lodger, desk.house.bring(desk.lodger, words.bytes(), returnPath));

    assertThat(bounce.state).isEqualTo("bounce");
    assertThat(bounce.messageId).isEqualTo(reply.getUUID("id"));
    assertThat(desk.get("/messages/{id}", reply.getUUID("id")).getString("delivery.state")).isEqualTo("bounced");
    // It may be of an earlier mail to the same person; that is enough to look, not to stop writing.
    assertThat(suppressed("hard-bounce")).isEmpty();
  }

  @Test
  void oneOfSeveralRecipientsBounces() {
    var ticket = desk.ticket();
    var reply = sent(ticket, Map.of("text", "Done.", "cc", List.of(Map.of("address", "bob@customer.example"))));

    desk.arrives(report("bob@customer.example", "failed", "5.1.1", "550 User unknown", reply.getString("messageId")));

    var marked = desk.get("/messages/{id}", reply.getUUID("id"));
    assertThat(marked.getString("delivery.state")).isEqualTo("bounced");
    assertThat(marked.getList("delivery.recipients.state")).containsExactly("sent", "bounced");
  }

  @Test
  void aDelayIsNotedOnly() {
    var ticket = desk.ticket();
    var reply = sent(ticket, Map.of("text", "Done.", "status", "waiting"));

    var row = desk.arrives(report("anna@customer.example", "delayed", "4.4.1", "no answer", reply.getString("messageId")));

    assertThat(row.state).isEqualTo("bounce");
    assertThat(desk.get("/messages/{id}", reply.getUUID("id")).getString("delivery.state")).isEqualTo("sent");
    assertThat(desk.get("/tickets/{id}", ticket).getString("status")).isEqualTo("waiting");
    assertThat(events(ticket)).contains("message.delayed").doesNotContain("message.bounced");
  }

  @Test
  void aBounceIsNeverAnswered() { // P-29
    desk.in(() -> Desk.bean(dev.posthorn.team.Teams.class).<dev.posthorn.team.Team>findById(desk.lodger.teamId()).autoConfirm = true);

    desk.arrives(report("anna@customer.example", "failed", "5.1.1", "550 User unknown", "nobody@knows.example"));

    assertThat(desk.in(() -> Desk.bean(dev.posthorn.outbox.Outbox.class).count())).isZero();
  }

  @Test
  void aReadReceiptIsAnEventAndNoMessage() {
    var ticket = desk.ticket();
    var reply = sent(ticket, Map.of("text", "Done.", "status", "waiting"));
    var receipt = SampleMail.from("anna@customer.example").to(desk.lodger.address()).subject("Read: Re: It does not work").header("MIME-Version", "1.0")
        .header("Content-Type", "multipart/report; report-type=disposition-notification; boundary=b")
        .body("--b\n\nRead.\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;anna@customer.example\n"
            + "Original-Message-ID: <" + reply.getString("messageId") + ">\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--\n");

    var row = desk.arrives(receipt);

    assertThat(row.state).isEqualTo("ignored");
    assertThat(row.reason).isEqualTo("read-receipt");
    assertThat(row.ticketId).isEqualTo(ticket);
    assertThat(events(ticket)).contains("message.displayed");
    assertThat(desk.get("/tickets/{id}", ticket).getString("status")).isEqualTo("waiting");
  }

  @Test
  void anAbsenceNoteStandsInTheTicketAndOpensNothing() {
    var ticket = desk.ticket();
    var reply = sent(ticket, Map.of("text", "Done.", "status", "solved"));

    InboundMail note = desk.arrives(desk.from("anna@customer.example").subject("Automatic reply: It does not work").header("Auto-Submitted", "auto-replied")
        .header("In-Reply-To", "<" + reply.getString("messageId") + ">"));

    assertThat(note.ticketId).isEqualTo(ticket);
    assertThat(desk.get("/messages/{id}", note.messageId).getString("classification")).isEqualTo("auto-reply");
    assertThat(desk.get("/tickets/{id}", ticket).getString("status")).isEqualTo("solved");
    assertThat(desk.get("/tickets/{id}", ticket).getBoolean("unanswered")).isFalse();
  }

  @Test
  void whatPeopleWriteIsOrdinary() {
    var row = desk.arrives(desk.from("anna@customer.example"));

    assertThat(desk.get("/messages/{id}", row.messageId).getString("classification")).isEqualTo("ordinary");
    assertThat(desk.get("/messages/{id}", row.messageId).getString("authentication.dmarc")).isEqualTo("none");
  }
}
