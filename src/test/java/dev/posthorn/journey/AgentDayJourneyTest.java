package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.ingress.SmtpListener;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// One day of an agent's, by REST from beginning to end: there, offered, accepted, answered, answered again, noted, handed over, ended,
/// counted.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class AgentDayJourneyTest {
  @Inject SmtpListener smtp;

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  /// Somebody who works with a key of their own.
  private record Person(String id, String key) {
    JsonPath get(String path) {
      return Company.as(key).get("/api/v1" + path).then().statusCode(200).extract().jsonPath();
    }

    ValidatableResponse post(String path, Object body) {
      return Company.as(key).contentType(ContentType.JSON).body(body).post("/api/v1" + path).then();
    }

    ValidatableResponse put(String path, Object body) {
      return Company.as(key).contentType(ContentType.JSON).body(body).put("/api/v1" + path).then();
    }
  }

  private static Person person(Company company, String name, String role, String... queues) {
    var id = company.post("/agents", Map.of("name", name, "email", name + "@acme.example", "role", role, "queueIds", List.of(queues),
        "signatureHtml", "<p>" + name + " of Journey &amp; Sons</p>"), 201).getString("id");
    return new Person(id, company.post("/api-keys", Map.of("name", name, "role", role, "agentId", id), 201).getString("key"));
  }

  @Test
  void aDayFromTheFirstOfferToTheFigures() throws IOException { // WX-02, WX-04, WX-07, WX-10, WX-14, WX-16, WX-19, WX-22, TH-41, TH-45
    var company = Company.founded(operator);
    var inbox = company.get("/queues").getString("items[0].id");
    var billing = company.post("/queues", Map.of("name", "Billing"), 201).getString("id");
    var ada = person(company, "ada", "agent", inbox);
    var ben = person(company, "ben", "agent", billing);
    company.asAdmin().contentType("application/merge-patch+json").body(Map.of("offerTimeoutSeconds", 600)).patch("/api/v1/queues/" + inbox).then().statusCode(200);
    company.asAdmin().contentType("application/merge-patch+json").body(Map.of("wrapUpRequired", true)).patch("/api/v1/queues/" + billing).then().statusCode(200);
    var paid = company.post("/wrap-up-codes", Map.of("name", "Paid back"), 201).getString("id");
    var thanks = company.post("/templates", Map.of("name", "Thanks", "subject", "", "bodyHtml", "<p>Dear {{contact.name}}, we look after #{{ticket.number}}.</p>"), 201).getString("id");
    var mine = company.post("/views", Map.of("name", "Mine", "filters", Map.of("mine", true), "shared", true), 201).getString("id");
    var anna = new Customer("anna.day@customer.example");

    // She is there, and is offered what comes.
    ada.put("/agents/" + ada.id + "/state", Map.of("state", "available")).statusCode(200);
    anna.sends(smtp.port(), SampleMail.from("Anna <anna.day@customer.example>").to(company.address).subject("Paid twice").id("day-1@customer.example").bytes(), company.address);
    var offer = await().atMost(Duration.ofSeconds(30)).until(() -> ada.get("/offers"), offers -> !offers.getList("items").isEmpty());
    assertThat(offer.getString("items[0].customer.email")).isEqualTo("anna.day@customer.example");
    ada.post("/offers/" + offer.getString("items[0].id") + "/acceptance", Map.of()).statusCode(200);
    var ticket = ada.get("/tickets?viewId=" + mine).getString("items[0].id");

    // She reads it, answers by a template, and asks a colleague.
    assertThat(ada.get("/tickets/" + ticket + "/context").getString("contact.name")).isEqualTo("Anna");
    ada.post("/tickets/" + ticket + "/seen", Map.of()).statusCode(204);
    ada.post("/tickets/" + ticket + "/replies", Map.of("templateId", thanks)).statusCode(202);
    var first = Customer.read(anna.receives(1).getFirst());
    assertThat(first.text()).contains("Dear Anna", "ada of Journey & Sons");
    ada.post("/tickets/" + ticket + "/comments", Map.of("text", "Looks like our mistake.")).statusCode(201);

    // The customer answers; the ticket waits for her again.
    var wanted = first.replyTo().getFirst().address();
    anna.sends(smtp.port(), SampleMail.from("Anna <anna.day@customer.example>").to(wanted).subject("Re: Paid twice").bytes(), wanted);
    await().until(() -> ada.get("/tickets?unanswered=true").getList("items.id").contains(ticket));
    assertThat(company.messages(ticket, 3).getList("items[2].seenBy")).isEmpty();

    // She hands it over; her colleague takes it, and pays.
    ada.post("/tickets/" + ticket + "/transfers", Map.of("queueId", billing)).statusCode(200);
    Company.as(ada.key).get("/api/v1/tickets/" + ticket).then().statusCode(404);
    ben.put("/tickets/" + ticket + "/assignee", Map.of("agentId", ben.id)).statusCode(200);
    ben.post("/tickets/" + ticket + "/replies", Map.of("html", "<p>The money is on its way.</p>")).statusCode(202);
    assertThat(Customer.read(anna.receives(2).getLast()).text()).contains("The money is on its way.", "ben of Journey & Sons").doesNotContain("ada of");
    Company.as(ben.key).put("/api/v1/tickets/" + ticket + "/closure").then().statusCode(422);
    Company.as(ben.key).put("/api/v1/tickets/" + ticket + "/closure?wrapUpCodeId=" + paid).then().statusCode(200);

    // In the evening it is counted.
    var figures = company.get("/stats?by=agent");
    assertThat(figures.getInt("total.opened")).isEqualTo(1);
    assertThat(figures.getInt("total.received")).isEqualTo(2);
    assertThat(figures.getInt("total.backlog")).isZero();
    assertThat(figures.getInt("items.find { it.name == 'ada' }.figures.sent")).isEqualTo(1);
    assertThat(figures.getInt("items.find { it.name == 'ben' }.figures.completion.count")).isEqualTo(1);
    assertThat(company.get("/tickets/" + ticket + "/timeline").getList("items.kind", String.class)).contains("message", "comment", "event");
  }
}
