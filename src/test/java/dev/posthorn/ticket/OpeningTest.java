package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.mail.Address;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Tickets that nobody wrote a mail for.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class OpeningTest {
  private static final Map<String, String> ANNA = Map.of("name", "Anna Example", "email", "anna@customer.example");

  private final Desk desk = new Desk();

  private ValidatableResponse open(String key, Map<String, ?> body) {
    return Desk.as(key).contentType(ContentType.JSON).body(body).post("/api/v1/tickets").then();
  }

  @Test
  void aTicketBeginsWithAMailOfOurs() { // WX-18
    var ticket = open(desk.admin, Map.of("subject", "Your order", "requester", ANNA, "message", Map.of("text", "It is on its way."))).statusCode(201)
        .body("status", equalTo("open")).body("unanswered", equalTo(false)).body("requester.email", equalTo("anna@customer.example")).extract().jsonPath();

    var message = desk.get("/tickets/{id}/messages", ticket.getString("id"));
    var mail = desk.sent(message.getUUID("items[0].id"));
    assertThat(mail.subject()).isEqualTo("Your order");
    assertThat(mail.to()).containsExactly(new Address("Anna Example", "anna@customer.example"));
    var answer = desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<" + message.getString("items[0].messageId") + ">"));
    assertThat(answer.ticketId).isEqualTo(ticket.getUUID("id"));
  }

  @Test
  void withoutAMessageNobodyIsWrittenToAndTheFirstReplyGoesToTheRequester() {
    var ticket = open(desk.admin, Map.of("subject", "By phone", "requester", ANNA)).statusCode(201).body("status", equalTo("new")).extract().jsonPath();
    assertThat(desk.get("/tickets/{id}/messages?count=true", ticket.getString("id")).getInt("total")).isZero();

    var reply = desk.reply(ticket.getUUID("id"), Map.of("text", "As we said.")).statusCode(202).body("notLatest", equalTo(false)).extract().jsonPath();

    assertThat(desk.sent(reply.getUUID("id")).subject()).isEqualTo("By phone");
    assertThat(reply.getString("to[0].address")).isEqualTo("anna@customer.example");
  }

  @Test
  void theContactIsWhoeverHasTheAddress() {
    var one = open(desk.admin, Map.of("subject", "One", "requester", ANNA)).statusCode(201).extract().jsonPath();
    var two = open(desk.admin, Map.of("subject", "Two", "contactId", one.getString("requester.contactId"))).statusCode(201).extract().jsonPath();

    assertThat(two.getString("requester.contactId")).isEqualTo(one.getString("requester.contactId"));
    assertThat(two.getLong("number")).isEqualTo(one.getLong("number") + 1);
    assertThat(desk.arrives(desk.from("ANNA@customer.example")).ticketId).isNotNull();
  }

  @Test
  void whoHasNoAddressGetsNoMail() { // EH-03
    var contact = Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("name", "Phone only")).post("/api/v1/contacts").then().statusCode(201)
        .extract().<String>path("id");

    open(desk.admin, Map.of("subject", "S", "contactId", contact, "message", Map.of("text", "x"))).statusCode(422)
        .body("type", equalTo("/problems/contact-has-no-email"));
    open(desk.admin, Map.of("subject", "S", "contactId", contact)).statusCode(201);
  }

  @Test
  void whatIsNotThereIsSaid() {
    open(desk.admin, Map.of("requester", ANNA)).statusCode(400).body("errors[0].pointer", equalTo("/subject"));
    open(desk.admin, Map.of("subject", "S")).statusCode(400).body("errors[0].pointer", equalTo("/requester"));
    open(desk.admin, Map.of("subject", "S", "requester", ANNA, "queueId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/queueId"));
    open(desk.admin, Map.of("subject", "S", "contactId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/contactId"));
    open(desk.admin, Map.of("subject", "S", "requester", ANNA, "priorityId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/priorityId"));
    var other = desk.key(Role.AGENT, desk.agent("olga", Role.AGENT));
    open(other, Map.of("subject", "S", "requester", ANNA)).statusCode(422).body("errors[0].pointer", equalTo("/queueId"));
  }
}
