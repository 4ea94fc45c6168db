package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.Rows;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class DeletionTest {
  private final Rows rows = new Rows("posthorn");
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk();
  }

  private void delete(UUID ticket) {
    Desk.as(desk.admin).delete("/api/v1/tickets/{id}", ticket).then().statusCode(204);
  }

  private long left(String table, String column, UUID id) {
    return rows.number("select count(*) from " + table + " where " + column + " = ?", id);
  }

  private int tickets() {
    return desk.get("/tickets").getList("items").size();
  }

  @Test
  void aDeletedTicketIsGoneWithEverythingInIt() {
    var mail = desk.arrives(desk.from("anna@customer.example").body("The zebra is broken."));
    var ticket = mail.ticketId;
    Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("text", "Inside")).post("/api/v1/tickets/{id}/comments", ticket).then().statusCode(201);

    delete(ticket);

    Desk.as(desk.admin).get("/api/v1/tickets/{id}", ticket).then().statusCode(404);
    Desk.as(desk.admin).get("/api/v1/messages/{id}/raw", mail.messageId).then().statusCode(404);
    assertThat(tickets()).isZero();
    for (var table : new String[] {"message", "comment", "participant", "thread_ref", "search_entry"}) {
      assertThat(left(table, "ticket_id", ticket)).as(table).isZero();
    }
    assertThat(rows.words("select kind from event where ticket_id = ? and data <> '{}'", ticket)).containsExactly("ticket.deleted");
  }

  @Test
  void theLedgerAddsUpAndSaysNothingOfWhoItWas() {
    var mail = desk.arrives(desk.from("anna@customer.example"));

    delete(mail.ticketId);

    assertThat(desk.get("/inbound-channels/{id}/ledger", desk.lodger.channelId()).getLong("ticketed")).isEqualTo(1);
    assertThat(desk.get("/inbound-mails/{id}", mail.id).getString("state")).isEqualTo("ticketed");
    assertThat(desk.get("/inbound-mails/{id}", mail.id).getString("envelopeFrom")).isEmpty();
  }

  @Test
  void theSameMailDoesNotComeBackHoweverOftenItIsBroughtAgain() { // P-15
    var mail = desk.from("anna@customer.example").id("zebra-" + UUID.randomUUID() + "@customer.example");
    delete(desk.arrives(mail).ticketId);

    for (int i = 0; i < 10; i++) {
      // By another way each time: what the servers write into it differs, the mail is the same.
      var again = desk.arrives(mail.header("X-Delivered-By", "way " + i));
      assertThat(again.state).isEqualTo("ignored");
      assertThat(again.reason).isEqualTo("ticket-deleted");
      assertThat(again.rawGoneAt).isNotNull();
    }
    assertThat(tickets()).isZero();
  }

  @Test
  void aMailWithoutAMessageIdIsKnownByItsBytes() { // P-15
    var mail = desk.from("anna@customer.example").bytes();
    var withoutId = new String(mail, StandardCharsets.UTF_8).replaceAll("Message-ID:.*\r\n", "").getBytes(StandardCharsets.UTF_8);
    var channel = desk.lodger.channelId();
    var first = desk.house.filed(desk.lodger, withoutId);
    delete(first.ticketId);
    rows.execute("update inbound_mail set source_key = 'elsewhere' where id = '" + first.id + "' and channel_id = '" + channel + "'");

    assertThat(desk.house.filed(desk.lodger, withoutId).reason).isEqualTo("ticket-deleted");
  }

  @Test
  void anAnswerToADeletedTicketIsANewOne() {
    var id = "answered-" + UUID.randomUUID() + "@customer.example";
    var deleted = desk.arrives(desk.from("anna@customer.example").id(id)).ticketId;
    delete(deleted);

    var answer = desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<" + id + ">").header("References", "<" + id + ">"));

    assertThat(answer.state).isEqualTo("ticketed");
    assertThat(answer.ticketId).isNotEqualTo(deleted);
  }

  @Test
  void anotherMailWithTheSameIdIsAnotherMail() {
    var id = "everything@program.example";
    delete(desk.arrives(desk.from("program@program.example").id(id).subject("Order 1")).ticketId);

    assertThat(desk.arrives(desk.from("program@program.example").id(id).subject("Order 2")).state).isEqualTo("ticketed");
  }

  @Test
  void whatWasMergedIntoItGoesWithIt() {
    var source = desk.ticket();
    var target = desk.ticket();
    Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("intoTicketId", target)).post("/api/v1/tickets/{id}/merges", source).then().statusCode(200);

    delete(target);

    assertThat(tickets()).isZero();
  }

  @Test
  void aMailThatWaitsForItsTimeDoesNotLeaveAnyMore() {
    var ticket = desk.ticket();
    var reply = desk.reply(ticket, Map.of("text", "Later", "sendAt", Instant.now().plus(Duration.ofHours(1)).toString())).statusCode(202).extract().<String>path("id");

    delete(ticket);

    assertThat(left("message", "id", UUID.fromString(reply))).isZero();
    assertThat(left("outbound_mail", "tenant_id", desk.lodger.tenant().value())).isZero();
  }

  @Test
  void onlyAdminsAndLeadsDeleteAndOnlyWhatTheySaw() {
    var ticket = desk.ticket();
    var agent = desk.key(Role.AGENT, desk.agent("aida", Role.AGENT, desk.inbox()));

    Desk.as(agent).delete("/api/v1/tickets/{id}", ticket).then().statusCode(403);
    Desk.as(desk.admin).header("If-Match", "\"other\"").delete("/api/v1/tickets/{id}", ticket).then().statusCode(412).body("type", endsWith("/precondition-failed"));
    Desk.as(desk.admin).get("/api/v1/tickets/{id}", ticket).then().statusCode(200).body("number", equalTo(1));
  }
}
