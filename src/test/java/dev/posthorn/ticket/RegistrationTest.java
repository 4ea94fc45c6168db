package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The tenant says who somebody is: before they write, or after.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class RegistrationTest {
  private final Desk desk = new Desk();

  private ValidatableResponse post(String path, Object body) {
    return Desk.as(desk.admin).contentType(ContentType.JSON).body(body).post("/api/v1/" + path).then();
  }

  private UUID mail(String from) {
    return desk.arrives(desk.from(from)).ticketId;
  }

  private String keyOf(String contact) {
    return post("api-keys", Map.of("name", "Anna", "role", "requester", "contactId", contact)).statusCode(201).extract().path("key");
  }

  @Test
  void aRegisteredSendersTicketIsSeenByTheAccount() { // AT-02
    var contact = post("contacts", Map.of("emails", List.of("anna@customer.example"))).statusCode(201).body("registered", equalTo(true)).extract().<String>path("id");
    var anna = keyOf(contact);
    var own = mail("Anna Example <anna@customer.example>");
    var other = mail("bob@customer.example");

    Desk.as(anna).get("/api/v1/tickets?count=true").then().statusCode(200).body("items.id", contains(own.toString())).body("total", equalTo(1))
        .body("items[0].requester.registered", equalTo(true));
    Desk.as(anna).get("/api/v1/tickets/{id}", own).then().statusCode(200).body("requester.contactId", equalTo(contact));
    Desk.as(anna).get("/api/v1/tickets/{id}", other).then().statusCode(404);
    Desk.as(anna).get("/api/v1/tickets/{id}/messages", other).then().statusCode(404);
  }

  @Test
  void aRequesterSeesWhatIsTheirsAndNothingThatAgentsKeepToThemselves() { // AT-02, EH-09
    var contact = post("contacts", Map.of("emails", List.of("anna@customer.example"))).extract().<String>path("id");
    var anna = keyOf(contact);
    var ticket = mail("Anna Example <anna@customer.example>");
    desk.patch(ticket, Map.of("tags", List.of("difficult"))).statusCode(200);
    var asked = desk.reply(ticket, Map.of("text", "Does he pay?", "to", List.of(Map.of("address", "boss@acme.example")))).statusCode(202).extract().<String>path("id");
    var answered = desk.reply(ticket, Map.of("text", "It is done.", "bcc", List.of(Map.of("address", "boss@acme.example")))).statusCode(202).extract().<String>path("id");

    Desk.as(anna).get("/api/v1/tickets/{id}", ticket).then().statusCode(200).body("tags", hasSize(0)).body("participants.role", everyItem(not(equalTo("hidden"))));
    Desk.as(anna).get("/api/v1/tickets/{id}/messages?count=true", ticket).then().statusCode(200).body("items", hasSize(2)).body("total", equalTo(2))
        .body("items[1].id", equalTo(answered)).body("items[1].bcc", hasSize(0)).body("items[0].authentication", equalTo(null));
    Desk.as(anna).get("/api/v1/messages/{id}", answered).then().statusCode(200).body("bcc", hasSize(0));
    Desk.as(anna).get("/api/v1/messages/{id}", asked).then().statusCode(404);
    Desk.as(anna).get("/api/v1/messages/{id}/html", asked).then().statusCode(404);
    for (var path : List.of("timeline", "comments", "context")) {
      Desk.as(anna).get("/api/v1/tickets/{id}/" + path, ticket).then().statusCode(403);
    }
    Desk.as(anna).get("/api/v1/tickets?tag=difficult").then().statusCode(403);
    Desk.as(anna).get("/api/v1/tickets?q=pay").then().statusCode(403);
    Desk.as(anna).contentType(ContentType.JSON).body(Map.of("subject", "x")).patch("/api/v1/tickets/{id}", ticket).then().statusCode(403);
    for (var path : List.of("contacts", "queues", "rules", "agents", "api-keys", "messages/" + answered + "/raw")) {
      Desk.as(anna).get("/api/v1/" + path).then().statusCode(403);
    }
  }

  @Test
  void aKeyStandsForAContactOrForAnAgent() {
    post("api-keys", Map.of("name", "x", "role", "requester")).statusCode(422).body("errors[0].pointer", equalTo("/contactId"));
    post("api-keys", Map.of("name", "x", "role", "requester", "contactId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/contactId"));
    post("api-keys", Map.of("name", "x", "role", "admin", "contactId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/contactId"));
    post("agents", Map.of("name", "x", "email", "x@staff.example", "role", "requester")).statusCode(400).body("errors[0].pointer", equalTo("/role"));
  }

  @Test
  void whoRegistersLaterFindsTheEarlierTickets() { // AT-13
    var first = mail("Anna Example <anna@customer.example>");
    var second = mail("anna@home.example");
    var other = mail("bob@customer.example");
    Desk.as(desk.admin).get("/api/v1/tickets?requester.registered=true").then().body("items", hasSize(0));

    var contact = post("contacts", Map.of("name", "Anna E.", "emails", List.of("anna@customer.example", "anna@home.example"), "externalId", "A1")).statusCode(201)
        .body("emails", contains("anna@customer.example", "anna@home.example")).extract().<String>path("id");

    Desk.as(keyOf(contact)).get("/api/v1/tickets").then().body("items.id", containsInAnyOrder(first.toString(), second.toString()));
    Desk.as(keyOf(contact)).get("/api/v1/tickets/{id}/messages", second).then().body("items", hasSize(1));
    Desk.as(desk.admin).get("/api/v1/contacts/{id}/tickets?count=true", contact).then().statusCode(200).body("total", equalTo(2)).body("items.requester.name", contains("Anna E.", "Anna E."));
    Desk.as(desk.admin).get("/api/v1/contacts?count=true").then().body("total", equalTo(2));
    assertThat(desk.get("/tickets/{id}", other).getBoolean("requester.registered")).isFalse();
    // What comes next is theirs too.
    var next = mail("anna@home.example");
    assertThat(desk.get("/tickets/{id}", next).getString("requester.contactId")).isEqualTo(contact);
  }

  @Test
  void registeredAndUnregisteredSendersAreFilteredAndCounted() { // AT-05, AT-06
    post("contacts", Map.of("emails", List.of("anna@customer.example"))).statusCode(201);
    var registered = mail("anna@customer.example");
    var unregistered = mail("bob@customer.example");

    Desk.as(desk.admin).get("/api/v1/tickets?count=true&requester.registered=true").then().body("items.id", contains(registered.toString())).body("total", equalTo(1));
    Desk.as(desk.admin).get("/api/v1/tickets?count=true&requester.registered=false").then().body("items.id", contains(unregistered.toString())).body("total", equalTo(1));
    Desk.as(desk.admin).get("/api/v1/contacts?count=true&registered=false").then().body("items.emails[0]", contains("bob@customer.example")).body("total", equalTo(1));
  }

  @Test
  void aContactThatGetsAnotherAddressGetsItsTickets() {
    var contact = post("contacts", Map.of("emails", List.of("anna@customer.example"))).extract().<String>path("id");
    var ticket = mail("anna@home.example");

    Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("emails", List.of("anna@customer.example", "anna@home.example")))
        .patch("/api/v1/contacts/" + contact).then().statusCode(200).body("emails", hasSize(2));

    assertThat(desk.get("/tickets/{id}", ticket).getString("requester.contactId")).isEqualTo(contact);
    post("contacts", Map.of("emails", List.of("anna@home.example"))).statusCode(409).body("errors[0].pointer", equalTo("/emails"));
  }

  @Test
  void contactsHaveSeveralNumbers() {
    var contact = post("contacts", Map.of("name", "Anna", "phones", List.of("+49 (30) 123-4567", "030 1234567", "+49301234567"))).statusCode(201)
        .body("phones", contains("+49301234567", "0301234567")).extract().<String>path("id");

    Desk.as(desk.admin).queryParam("phone", "+49 30 1234567").get("/api/v1/contacts").then().statusCode(200).body("items.id", contains(contact));
    post("contacts", Map.of("name", "Bob", "phones", List.of("call me"))).statusCode(400).body("errors[0].pointer", equalTo("/phones/0"));
    Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("phones", List.of())).patch("/api/v1/contacts/" + contact).then().statusCode(200).body("phones", hasSize(0));
  }

  @Test
  void anImportMakesChangesAndRegisters() { // AT-13
    var ticket = mail("anna@customer.example");
    post("contacts", Map.of("name", "Old", "emails", List.of("carl@customer.example"), "externalId", "C3")).statusCode(201);
    post("contacts", Map.of("name", "Taken", "emails", List.of("dora@customer.example"))).statusCode(201);

    var rows = List.of(
        Map.of("name", "Anna", "emails", List.of("anna@customer.example"), "externalId", "A1", "type", "owner", "vip", true),
        Map.of("name", "Carl", "emails", List.of("carl@home.example"), "externalId", "C3"),
        Map.of("name", "Bert", "emails", List.of("bert@customer.example"), "phones", List.of("+4930999888")),
        Map.of("name", "Carl again", "emails", List.of("dora@customer.example"), "externalId", "C3"),
        Map.of("type", "nobody"));
    post("contact-imports", Map.of("contacts", rows)).statusCode(200).body("created", equalTo(1)).body("updated", equalTo(2)).body("refused.index", contains(3, 4));

    assertThat(desk.get("/tickets/{id}", ticket).getString("requester.name")).isEqualTo("Anna");
    Desk.as(desk.admin).get("/api/v1/contacts?externalId=C3").then().body("items[0].name", equalTo("Carl"))
        .body("items[0].emails", contains("carl@home.example", "carl@customer.example"));
    post("contact-imports", Map.of("contacts", rows)).statusCode(200).body("created", equalTo(0)).body("updated", equalTo(3));
    post("contact-imports", Map.of("contacts", List.of(Map.of("name", "x", "emails", List.of("no address"))))).statusCode(400)
        .body("errors[0].pointer", equalTo("/contacts/0/emails/0"));
    Desk.as(desk.key(Role.AGENT, desk.agent("ann", Role.AGENT))).contentType(ContentType.JSON).body(Map.of("contacts", rows)).post("/api/v1/contact-imports").then().statusCode(403);
  }
}
