package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Which ticket a mail belongs to, from the mail to the API.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ThreadTest {
  private final Desk desk = new Desk();

  @Test
  void answersToAMergedTicketLandInTheOtherOne() { // P-26
    var first = desk.arrives(desk.from("anna@customer.example").id("m1@customer.example"));
    var second = desk.arrives(desk.from("bob@customer.example").id("m2@customer.example"));
    var third = desk.arrives(desk.from("carl@customer.example").id("m3@customer.example"));
    var reply = desk.reply(first.ticketId, Map.of("text", "Which tap?")).statusCode(202).extract().jsonPath();

    merge(first.ticketId, second.ticketId).statusCode(200).body("id", equalTo(second.ticketId.toString()));
    merge(second.ticketId, third.ticketId).statusCode(200).body("id", equalTo(third.ticketId.toString()));
    var answer = desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<m1@customer.example>"));
    var byAddress = desk.house.settled(desk.lodger, desk.house.bring(desk.lodger, desk.from("annas-other@customer.example").bytes(),
        desk.sent(reply.getUUID("id")).replyTo().getFirst().address()));

    assertThat(answer.ticketId).isEqualTo(third.ticketId);
    assertThat(byAddress.ticketId).isEqualTo(third.ticketId);
    assertThat(desk.get("/tickets/{id}", first.ticketId).getUUID("mergedIntoId")).isEqualTo(second.ticketId);
    assertThat(desk.get("/tickets/{id}", first.ticketId).getString("statusKind")).isEqualTo("closed");
    assertThat(desk.get("/tickets/{id}/messages?count=true", third.ticketId).getInt("total")).isEqualTo(6);
    assertThat(desk.get("/tickets/{id}", third.ticketId).getList("participants.address"))
        .contains("anna@customer.example", "bob@customer.example", "carl@customer.example");
    assertThat(desk.get("/tickets/{id}", third.ticketId).getString("requester.email")).isEqualTo("carl@customer.example");
    assertThat(desk.get("/messages/{id}", first.messageId).getUUID("ticketId")).isEqualTo(third.ticketId);
  }

  @Test
  void theSameMailOfAMergedTicketIsStillFiledOnce() { // P-13, P-26
    var mail = desk.from("anna@customer.example").id("again@customer.example");
    var first = desk.arrives(mail);
    merge(first.ticketId, desk.ticket()).statusCode(200);

    var again = desk.arrives(mail.header("X-Forwarded", "yes"));

    assertThat(again.reason).isEqualTo("already-filed");
    assertThat(again.messageId).isEqualTo(first.messageId);
  }

  @Test
  void aMergeIsForGoodAndDoneOnce() { // P-26
    var one = desk.ticket();
    var two = desk.ticket();
    var three = desk.ticket();
    merge(one, two).statusCode(200);

    merge(one, two).statusCode(200).body("id", equalTo(two.toString()));
    merge(one, three).statusCode(409);
    merge(two, one).statusCode(409);
    merge(two, two).statusCode(409);
    merge(two, UUID.randomUUID()).statusCode(422).body("errors[0].pointer", equalTo("/intoTicketId"));
    merge(UUID.randomUUID(), two).statusCode(404);
    Desk.as(desk.admin).delete("/api/v1/tickets/{id}/closure", one).then().statusCode(409);
    desk.patch(one, Map.of("status", "open")).statusCode(409);
    desk.reply(one, Map.of("text", "x")).statusCode(409);
  }

  @Test
  void nobodyMergesIntoATicketOutOfSight() {
    var hidden = desk.ticket();
    var elsewhere = desk.queue("elsewhere", null);
    desk.patch(hidden, Map.of("queueId", elsewhere)).statusCode(200);
    var key = desk.key(Role.AGENT, desk.agent("aida", Role.AGENT, desk.inbox()));
    var seen = desk.ticket();

    Desk.as(key).contentType(ContentType.JSON).body(Map.of("intoTicketId", hidden)).post("/api/v1/tickets/{id}/merges", seen).then().statusCode(422);
    Desk.as(key).contentType(ContentType.JSON).body(Map.of("intoTicketId", seen)).post("/api/v1/tickets/{id}/merges", hidden).then().statusCode(404);
  }

  @Test
  void aLateAnswerMakesATicketThatFollowsTheOldOne() { // P-27
    policies(Map.of("reopenWindowDays", 14));
    var first = desk.arrives(desk.from("anna@customer.example").id("w1@customer.example"));
    Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure", first.ticketId).then().statusCode(200);

    var inTime = desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<w1@customer.example>"));
    Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure", first.ticketId).then().statusCode(200);
    desk.in(() -> Desk.bean(Tickets.class).update("closedAt = ?1 where id = ?2", Instant.now().minus(Duration.ofDays(15)), first.ticketId));
    var late = desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<w1@customer.example>").body("Again."));

    assertThat(inTime.ticketId).isEqualTo(first.ticketId);
    assertThat(late.state).isEqualTo("ticketed");
    assertThat(late.reason).isEqualTo("reopen-window-over");
    assertThat(desk.get("/tickets/{id}", late.ticketId).getUUID("followsTicketId")).isEqualTo(first.ticketId);
    assertThat(desk.get("/tickets/{id}", first.ticketId).getString("statusKind")).isEqualTo("closed");
  }

  @Test
  void anotherSubjectIsAnotherTicketWhereTheTenantAsksForIt() { // P-22
    var first = desk.arrives(desk.from("anna@customer.example").id("s1@customer.example").subject("Tap"));
    desk.patch(first.ticketId, Map.of("subject", "Tap in the kitchen")).statusCode(200);
    policies(Map.of("splitOnSubjectChange", true));

    var same = desk.arrives(desk.from("anna@customer.example").subject("AW: Tap").header("In-Reply-To", "<s1@customer.example>"));
    var other = desk.arrives(desk.from("anna@customer.example").subject("Invoice").header("In-Reply-To", "<s1@customer.example>"));
    var answer = desk.reply(other.ticketId, Map.of("text", "Here.")).statusCode(202).extract().jsonPath();

    assertThat(same.ticketId).isEqualTo(first.ticketId);
    assertThat(other.reason).isEqualTo("subject-changed");
    assertThat(desk.get("/tickets/{id}", other.ticketId).getUUID("followsTicketId")).isEqualTo(first.ticketId);
    assertThat(answer.getString("subject")).isEqualTo("Re: Invoice");
  }

  @Test
  void theTagInTheSubjectFindsTheTicketOfWhoTakesPart() { // P-23
    policies(Map.of("subjectTag", "ACME"));
    var first = desk.arrives(desk.from("anna@customer.example").subject("Tap"));
    var tagged = desk.reply(first.ticketId, Map.of("text", "Which?")).statusCode(202).extract().jsonPath().getString("subject");

    var answer = desk.arrives(desk.from("anna@customer.example").subject("Re: " + tagged));
    var stranger = desk.arrives(desk.from("mallory@elsewhere.example").subject("Re: " + tagged));

    assertThat(tagged).isEqualTo("Re: Tap [ACME#" + desk.get("/tickets/{id}", first.ticketId).getInt("number") + "]");
    assertThat(answer.reason).isEqualTo("subject-tag");
    assertThat(answer.ticketId).isEqualTo(first.ticketId);
    assertThat(stranger.ticketId).isNotEqualTo(first.ticketId);
  }

  @Test
  void outlooksConversationJoinsWhereReferencesAreLost() {
    var root = "AQHZ1234567890abcdefghijklmnop"; // 22 bytes in base64
    var first = desk.arrives(desk.from("anna@customer.example").header("Thread-Index", root));

    var answer = desk.arrives(desk.from("anna@customer.example").header("Thread-Index", root + "AAAAAAA="));
    var stranger = desk.arrives(desk.from("mallory@elsewhere.example").header("Thread-Index", root));

    assertThat(answer.reason).isEqualTo("conversation");
    assertThat(answer.ticketId).isEqualTo(first.ticketId);
    assertThat(stranger.ticketId).isNotEqualTo(first.ticketId);
  }

  @Test
  void aForwardToUsAloneFollowsWhereTheTenantAsksForIt() { // P-25
    var first = desk.arrives(desk.from("anna@customer.example").id("f1@customer.example").subject("Tap"));
    policies(Map.of("splitOnForward", true));

    var forward = desk.arrives(desk.from("anna@customer.example").subject("WG: Tap").header("References", "<f1@customer.example>"));

    assertThat(forward.reason).isEqualTo("forwarded");
    assertThat(desk.get("/tickets/{id}", forward.ticketId).getUUID("followsTicketId")).isEqualTo(first.ticketId);
  }

  @Test
  void whoOnlyClaimsToBeAnAgentForwardsInTheirOwnName() { // P-48, P-56
    desk.agent("aida", Role.AGENT, desk.inbox());

    var forward = desk.arrives(desk.from("aida@staff.example").subject("Fwd: Tap")
        .body("---------- Forwarded message ---------\nFrom: Anna <anna@customer.example>\nSubject: Tap\nTo: <aida@staff.example>\n\nIt drips."));

    Desk.as(desk.admin).get("/api/v1/tickets/{id}", forward.ticketId).then().body("requester.email", equalTo("aida@staff.example"))
        .body("requester.inferred", equalTo(false)).body("followsTicketId", nullValue());
  }

  @Test
  void anInboxReachedByBccAnswersTheSenderAlone() { // P-46
    var mail = desk.arrives(desk.from("anna@customer.example").to("Everybody <all@customer.example>").header("Cc", "bob@customer.example"));

    desk.reply(mail.ticketId, Map.of("text", "Done.")).statusCode(202).body("to.address.size()", equalTo(1))
        .body("to[0].address", equalTo("anna@customer.example")).body("cc.size()", equalTo(0));
  }

  private void policies(Map<String, ?> change) {
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(change).patch("/api/v1/tenant").then().statusCode(200);
  }

  private ValidatableResponse merge(UUID ticket, UUID into) {
    return Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("intoTicketId", into)).post("/api/v1/tickets/{id}/merges", ticket).then();
  }
}
