package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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

/// Texts that are written once and used often.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TemplateTest {
  private final Desk desk = new Desk();

  private ValidatableResponse post(String path, Object body) {
    return Desk.as(desk.admin).contentType(ContentType.JSON).body(body).post("/api/v1" + path).then();
  }

  private String template(String html) {
    return post("/templates", Map.of("name", "T" + UUID.randomUUID(), "subject", "About {{ticket.subject}}", "bodyHtml", html)).statusCode(201)
        .extract().path("id");
  }

  @Test
  void aReplyByTemplateSaysWhatItIsAbout() { // WX-16
    var ticket = desk.arrives(desk.from("\"Anna & Co\" <anna@customer.example>").subject("It does not work")).ticketId;
    var key = desk.key(Role.AGENT, desk.agent("ada", Role.AGENT, desk.inbox()));
    var template = template("<p>Dear {{contact.name}}, ticket {{ ticket.number }} is with {{agent.name}}.</p>");

    var reply = desk.reply(key, ticket, Map.of("templateId", template)).statusCode(202).extract().jsonPath().getUUID("id");

    var number = desk.get("/tickets/{id}", ticket).getString("number");
    var mail = desk.sent(reply);
    assertThat(mail.text()).contains("ticket " + number + " is with ada.").doesNotContain("{{");
    // What the customer calls herself is text.
    assertThat(mail.html().orElseThrow()).contains("Dear Anna &amp; Co,");
    assertThat(mail.text()).contains("Dear Anna & Co,");
  }

  @Test
  void unknownVariablesAreRefusedWhenSaved() { // WX-16
    post("/templates", Map.of("name", "A", "bodyHtml", "<p>{{contact.secret}}</p>")).statusCode(422).body("errors[0].pointer", equalTo("/bodyHtml"))
        .body("detail", containsString("contact.name"));
    post("/templates", Map.of("name", "A", "subject", "{{x}}", "bodyHtml", "<p>x</p>")).statusCode(422).body("errors[0].pointer", equalTo("/subject"));
    post("/templates", Map.of("name", "A", "bodyHtml", "<p>{{contact.name</p>")).statusCode(422);
    post("/templates", Map.of("name", "A", "bodyHtml", "<p>{{#if contact.name}}x{{/if}}</p>")).statusCode(422);
  }

  @Test
  void aTemplateIsKeptCleanWithItsVariables() {
    var id = template("<p onclick=\"x()\">{{contact.name}} <a href=\"https://acme.example/t/{{ticket.number}}\">here</a><script>alert(1)</script></p>");

    var html = desk.get("/templates/{id}", id).getString("bodyHtml");
    assertThat(html).contains("{{contact.name}}", "https://acme.example/t/{{ticket.number}}").doesNotContain("onclick", "script", "posthornvariable");
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("bodyHtml", "<p>{{nothing}}</p>")).patch("/api/v1/templates/{id}", id)
        .then().statusCode(422);
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("name", "New")).patch("/api/v1/templates/{id}", id).then().statusCode(200)
        .body("name", equalTo("New"));
    post("/templates", Map.of("name", "new", "bodyHtml", "x")).statusCode(409).body("errors[0].pointer", equalTo("/name"));
    Desk.as(desk.admin).delete("/api/v1/templates/{id}", id).then().statusCode(204);
  }

  @Test
  void aPreviewIsFilledInForATicketOrWithSamples() { // WX-16
    var ticket = desk.ticket();
    var id = template("<p>{{contact.name}}</p>");

    post("/templates/" + id + "/previews", Map.of("ticketId", ticket)).statusCode(200).body("text", equalTo("Anna Example"))
        .body("subject", equalTo("About It does not work"));
    post("/templates/" + id + "/previews", Map.of()).statusCode(200).body("html", containsString("Anna Example"));
    var other = desk.key(Role.AGENT, desk.agent("olga", Role.AGENT));
    Desk.as(other).contentType(ContentType.JSON).body(Map.of("ticketId", ticket)).post("/api/v1/templates/{id}/previews", id).then().statusCode(404);
    Desk.as(other).contentType(ContentType.JSON).body(Map.of("name", "N", "bodyHtml", "x")).post("/api/v1/templates").then().statusCode(403);
  }

  @Test
  void aTextAndATemplateAreTooMuch() {
    var id = template("<p>x</p>");
    var ticket = desk.ticket();
    desk.reply(ticket, Map.of("templateId", id, "text", "x")).statusCode(400).body("errors[0].pointer", equalTo("/templateId"));
    desk.reply(ticket, Map.of("templateId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/templateId"));
  }
}
