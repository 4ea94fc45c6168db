package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Tickets that turn out to be two, and two that turn out to be one again.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class SplitTest {
  private final Desk desk = new Desk();
  private final UUID ticket = desk.arrives(desk.from("Anna <anna@customer.example>").subject("The lift").id("one@customer.example")).ticketId;

  private ValidatableResponse post(String path, Object body) {
    return Desk.as(desk.admin).contentType("application/json").body(body).post("/api/v1" + path).then();
  }

  private UUID message(UUID ticket, int number) {
    return desk.get("/tickets/{id}/messages", ticket).getUUID("items[" + number + "].id");
  }

  private UUID second() {
    desk.arrives(desk.from("Bob <bob@customer.example>").subject("Re: The lift, and my key").id("two@customer.example").header("In-Reply-To", "<one@customer.example>"));
    var row = desk.arrives(desk.from("Anna <anna@customer.example>").subject("Re: The lift, and my key").id("three@customer.example").header("In-Reply-To", "<one@customer.example>"));
    assertThat(row.ticketId).isEqualTo(ticket);
    return row.messageId;
  }

  @Test
  void messagesGoOnInATicketOfTheirOwnAndSoDoTheirAnswers() {
    var moved = second();

    var other = post("/tickets/" + ticket + "/splits", Map.of("messageIds", List.of(moved), "subject", "My key")).statusCode(201)
        .body("subject", equalTo("My key")).body("followsTicketId", equalTo(ticket.toString())).body("requester.email", equalTo("anna@customer.example"))
        .body("unanswered", equalTo(true)).extract().jsonPath().getUUID("id");

    assertThat(desk.get("/tickets/{id}/messages", other).getList("items.id", UUID.class)).containsExactly(moved);
    assertThat(desk.get("/tickets/{id}/messages", ticket).getList("items.id", UUID.class)).hasSize(1).doesNotContain(moved);
    var answer = desk.arrives(desk.from("anna@customer.example").subject("Re: My key").header("In-Reply-To", "<three@customer.example>"));
    assertThat(answer.ticketId).isEqualTo(other);
    assertThat(desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<one@customer.example>")).ticketId).isEqualTo(ticket);
    assertThat(desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind")).contains("ticket.split");
    assertThat(desk.get("/tickets/{id}", other).getLong("number")).isGreaterThan(desk.get("/tickets/{id}", ticket).getLong("number"));
  }

  @Test
  void toMergeItBackTakesItBack() { // P-26
    var moved = second();
    var other = post("/tickets/" + ticket + "/splits", Map.of("messageIds", List.of(moved))).statusCode(201).extract().<String>path("id");

    post("/tickets/" + other + "/merges", Map.of("intoTicketId", ticket)).statusCode(200);

    assertThat(desk.get("/tickets/{id}/messages", ticket).getList("items.id", UUID.class)).contains(moved);
    assertThat(desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<three@customer.example>")).ticketId).isEqualTo(ticket);
  }

  @Test
  void whatIsNotTheTicketsOrAllOfItDoesNotMove() {
    var strange = message(desk.arrives(desk.from("carl@customer.example").subject("Other")).ticketId, 0);

    post("/tickets/" + ticket + "/splits", Map.of("messageIds", List.of(strange))).statusCode(422).body("errors.pointer", contains("/messageIds"));
    post("/tickets/" + ticket + "/splits", Map.of("messageIds", List.of(message(ticket, 0)))).statusCode(422);
    post("/tickets/" + ticket + "/splits", Map.of("messageIds", List.of())).statusCode(400);
  }

  @Test
  void theTagsOfAMergedTicketAreOnTheOneThatGoesOn() { // P-26
    var other = desk.arrives(desk.from("carl@customer.example").subject("Other")).ticketId;
    desk.patch(ticket, Map.of("tags", List.of("lift", "urgent"))).statusCode(200);
    desk.patch(other, Map.of("tags", List.of("urgent", "door"))).statusCode(200);

    post("/tickets/" + ticket + "/merges", Map.of("intoTicketId", other)).statusCode(200).body("tags", contains("door", "lift", "urgent"));

    assertThat(desk.get("/tickets?tag=lift").getList("items.id", UUID.class)).contains(other);
  }

  @Test
  void whatHasNotLeftIsNotShownToRequesters() { // AT-02
    desk.reply(ticket, Map.of("text", "Now.")).statusCode(202);
    desk.reply(ticket, Map.of("text", "Later.", "sendAt", Instant.now().plusSeconds(3600).toString())).statusCode(202);
    var contact = desk.get("/tickets/{id}", ticket).getString("requester.contactId");
    var key = post("/api-keys", Map.of("name", "Anna", "role", "requester", "contactId", contact)).statusCode(201).extract().<String>path("key");

    Desk.as(key).get("/api/v1/tickets/{id}/messages", ticket).then().statusCode(200).body("items.direction", contains("inbound", "outbound"))
        .body("items[1].text", equalTo("Now."));
    Desk.as(key).get("/api/v1/messages/{id}", message(ticket, 2)).then().statusCode(404);
  }
}
