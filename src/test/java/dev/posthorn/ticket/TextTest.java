package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Text messages beside mail, in the same tickets: who is answered by which, and where a conversation goes on.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TextTest {
  private static final String ANNA = Texting.ANNA;

  private Texting texting;
  private Desk desk;

  @BeforeEach
  void open() {
    texting = new Texting();
    desk = texting.desk;
  }

  @AfterEach
  void close() {
    texting.close();
  }

  @Test
  void mailAndTextStandInOneTimelineEachWithItsChannel() { // EH-05, EH-06
    var ticket = desk.ticket();
    texting.phone(ticket, ANNA);
    texting.replied(ticket, Map.of("text", "By mail."));
    var text = texting.replied(ticket, Map.of("text", "By text.", "channel", "text"));
    texting.becomes(text, "sent");
    texting.arrives("g1", "+49 151 12345678", "Thanks!");

    var messages = desk.get("/tickets/{id}/timeline", ticket).getList("items.message", Map.class).stream().filter(message -> message != null).toList();
    assertThat(messages).extracting(message -> message.get("direction") + " " + message.get("channel"))
        .containsExactly("inbound email", "outbound email", "outbound text", "inbound text");
    assertThat(messages).extracting(message -> message.get("text")).endsWith("By text.", "Thanks!");
    assertThat(desk.get("/tickets/{id}", ticket).getBoolean("unanswered")).isTrue();
  }

  @Test
  void whoHasNoPhoneGetsOnlyMail() { // EH-07
    var ticket = desk.ticket();

    assertThat(desk.get("/tickets/{id}/reply-options", ticket).getMap("ways.find { it.channel == 'text' }")).containsEntry("possible", false);
    desk.reply(ticket, Map.of("text", "x", "channel", "text")).statusCode(422).body("type", equalTo("/problems/contact-has-no-phone"));
    texting.phone(ticket, ANNA);
    assertThat(desk.get("/tickets/{id}/reply-options", ticket).getMap("ways.find { it.channel == 'text' }")).containsEntry("possible", true);
    assertThat(desk.get("/tickets/{id}/reply-options", ticket).getMap("ways.find { it.channel == 'email' }")).containsEntry("possible", true);
  }

  @Test
  void withoutAnAccountNoTextLeaves() { // EH-07
    Desk.as(desk.admin).delete("/api/v1/text-accounts/" + texting.account).then().statusCode(204);
    var ticket = desk.ticket();
    texting.phone(ticket, ANNA);

    assertThat(desk.get("/tickets/{id}/reply-options", ticket).getString("ways.find { it.channel == 'text' }.reason")).contains("account");
    desk.reply(ticket, Map.of("text", "x", "channel", "text")).statusCode(422).body("errors[0].pointer", equalTo("/channel"));
    desk.reply(ticket, Map.of("text", "x", "channel", "pigeon")).statusCode(422);
  }

  @Test
  void aTextOpensATicketAndTheNextOnesJoinIt() {
    var first = texting.arrives("1", ANNA, "The lift is stuck\nagain");
    var ticket = first.getUUID("ticketId");
    var second = texting.arrives("2", "+49 151 1234 5678", "Third floor");
    var again = texting.arrives("1", ANNA, "The lift is stuck\nagain");

    assertThat(first.getString("outcome")).isEqualTo("stored");
    assertThat(second.getUUID("ticketId")).isEqualTo(ticket);
    assertThat(again.getString("outcome")).isEqualTo("duplicate");
    assertThat(again.getUUID("messageId")).isEqualTo(first.getUUID("messageId"));
    assertThat(desk.get("/tickets/{id}", ticket).getString("subject")).isEqualTo("The lift is stuck again");
    assertThat(desk.get("/tickets/{id}", ticket).getString("requester.name")).isEqualTo(ANNA);
    assertThat(desk.get("/tickets/{id}/messages?count=true", ticket).getInt("total")).isEqualTo(2);
    assertThat(texting.arrives("3", "+49 151 99999999", "Other").getUUID("ticketId")).isNotEqualTo(ticket);
  }

  @Test
  void afterTheEndOfATicketATextOpensAnother() {
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");
    Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure", ticket).then().statusCode(200);

    var other = texting.arrives("2", ANNA, "Two").getUUID("ticketId");

    assertThat(other).isNotEqualTo(ticket);
    assertThat(desk.get("/tickets/{id}", other).getUUID("followsTicketId")).isEqualTo(ticket);
    desk.reply(ticket, Map.of("text", "x", "channel", "text")).statusCode(409).body("type", equalTo("/problems/ticket-closed"));
  }

  @Test
  void aTextJoinsTheTicketInWhichItsOwnGoesOn() {
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");
    var target = desk.ticket();
    texting.post("/tickets/" + ticket + "/merges", Map.of("intoTicketId", target)).statusCode(200);

    assertThat(texting.arrives("2", ANNA, "Two").getUUID("ticketId")).isEqualTo(target);
  }

  @Test
  void whoOnlyWroteTextsIsAnsweredByTextAndNotByMail() { // EH-03, EH-06
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");

    desk.reply(ticket, Map.of("text", "x")).statusCode(422).body("type", equalTo("/problems/contact-has-no-email"));
    var mail = texting.replied(ticket, Map.of("text", "By mail.", "to", List.of(Map.of("address", "anna@customer.example"))));
    var text = texting.replied(ticket, Map.of("text", "By text.", "channel", "text"));

    assertThat(desk.sent(mail).subject()).isEqualTo("One");
    assertThat(desk.get("/messages/{id}", text).getString("to[0].address")).isEqualTo(ANNA);
    assertThat(desk.get("/messages/{id}", text).getString("outboundChannel.chosenBy")).isEqualTo("conversation");
    texting.becomes(text, "sent");
  }

  @Test
  void aTextThatIsTooLongOrMoreThanTextIsRefused() {
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");

    desk.reply(ticket, Map.of("text", "x".repeat(1531), "channel", "text")).statusCode(422).body("errors[0].pointer", equalTo("/text"))
        .body("detail", containsString("11 text messages"));
    desk.reply(ticket, Map.of("html", "<p>x</p>", "channel", "text")).statusCode(422).body("errors[0].pointer", equalTo("/html"));
    desk.reply(ticket, Map.of("text", "x", "replyAll", true, "channel", "text")).statusCode(422).body("errors[0].pointer", equalTo("/replyAll"));
    desk.reply(ticket, Map.of("text", "x", "cc", List.of(Map.of("address", "a@b.example")), "channel", "text")).statusCode(422);
    desk.reply(ticket, Map.of("text", "x", "to", List.of(Map.of("address", "a@b.example")), "channel", "text")).statusCode(422).body("errors[0].pointer", equalTo("/to/0/address"));
    texting.post("/inbound-channels/" + texting.channel + "/texts", Map.of("id", "9", "from", ANNA, "text", "x".repeat(10_001))).statusCode(400);
  }

  @Test
  void whoRegistersLaterFindsTheEarlierTexts() { // AT-13
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");

    var contact = texting.post("/contacts", Map.of("name", "Anna", "emails", List.of("anna@customer.example"), "phones", List.of("+49 151 12345678"))).statusCode(201)
        .extract().<String>path("id");

    assertThat(desk.get("/tickets/{id}", ticket).getString("requester.contactId")).isEqualTo(contact);
    assertThat(desk.get("/tickets/{id}", ticket).getString("requester.name")).isEqualTo("Anna");
    assertThat(texting.arrives("2", ANNA, "Two").getUUID("ticketId")).isEqualTo(ticket);
    assertThat(desk.get("/contacts").getList("items")).hasSize(1);
  }

  @Test
  void aRequesterSeesTheirTexts() { // EH-05
    var ticket = texting.arrives("1", ANNA, "One").getUUID("ticketId");
    texting.replied(ticket, Map.of("text", "Hello", "channel", "text"));
    var contact = desk.get("/tickets/{id}", ticket).getString("requester.contactId");
    var key = texting.post("/api-keys", Map.of("name", "Anna", "role", "requester", "contactId", contact)).statusCode(201).extract().<String>path("key");

    Desk.as(key).get("/api/v1/tickets/{id}/messages", ticket).then().statusCode(200).body("items.channel", equalTo(List.of("text", "text")));
  }
}
