package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// From the agent's answer to the customer's inbox, and back again.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class ReplyJourneyTest {
  private final String operator = Company.OPERATOR;

  @Test
  void answerArrivesThreadedAndTheCustomersAnswerComesHome() throws IOException { // OD-03, EH-02, EH-04, EH-22, EH-33, WX-18, TH-41, P-19
    var company = Company.founded(operator);
    var anna = new Customer("anna.threaded@customer.example");
    anna.sends(Company.smtpPort(), SampleMail.from("Anna <anna.threaded@customer.example>").to(company.address).subject("Cold")
        .id("cold-1@customer.example").header("References", "<cold-0@customer.example>").bytes(), company.address);
    var ticket = company.tickets(1).getString("items[0].id");

    var reply = company.post("/tickets/" + ticket + "/replies", Map.of("html", "<p>Hello <b>Anna</b>, see <a href=\"https://acme.example/\">here</a>.</p>"), 202);

    var mail = Customer.read(anna.receives(1).getFirst());
    assertThat(mail.from()).contains(new Address("Journey & Sons", company.address));
    assertThat(mail.subject()).isEqualTo("Re: Cold");
    assertThat(mail.inReplyTo()).containsExactly(new MessageId("cold-1@customer.example"));
    assertThat(mail.references()).containsExactly(new MessageId("cold-0@customer.example"), new MessageId("cold-1@customer.example"));
    assertThat(mail.messageId()).contains(new MessageId(reply.getString("messageId")));
    assertThat(mail.html().orElseThrow()).contains("<b>Anna</b>").contains("https://acme.example/");
    assertThat(mail.text()).contains("Hello Anna").contains("https://acme.example/");
    await().until(() -> company.get("/messages/" + reply.getString("id")).getString("delivery.state").equals("sent"));

    // The customer's program keeps no header but writes to where answers are wanted.
    var wanted = mail.replyTo().getFirst().address();
    assertThat(anna.sends(Company.smtpPort(), SampleMail.from("Anna at home <anna.private@elsewhere.example>").to(wanted).subject("Thanks").bytes(), wanted))
        .startsWith("250 ");

    var messages = company.messages(ticket, 3);
    assertThat(messages.getString("items[2].from.address")).isEqualTo("anna.private@elsewhere.example");
    assertThat(messages.getString("items[2].placedBy")).isEqualTo("reply-address");
    assertThat(company.get("/tickets").getList("items")).hasSize(1);
  }

  @Test
  void copiesGetItAndBlindCopiesStayBlind() throws IOException { // EH-08, EH-09, EH-11
    var company = Company.founded(operator);
    var anna = new Customer("anna.copies@customer.example");
    var bob = new Customer("bob.copies@customer.example");
    var carl = new Customer("carl.copies@customer.example");
    anna.sends(Company.smtpPort(), SampleMail.from("anna.copies@customer.example").to(company.address).subject("Copies").bytes(), company.address);
    var ticket = company.tickets(1).getString("items[0].id");

    company.post("/tickets/" + ticket + "/replies", Map.of("text", "To all.",
        "cc", List.of(Map.of("name", "Bob", "address", "bob.copies@customer.example")),
        "bcc", List.of(Map.of("name", "Carl", "address", "carl.copies@customer.example"))), 202);

    for (var customer : List.of(anna, bob, carl)) {
      var raw = new String(customer.receives(1).getFirst(), StandardCharsets.UTF_8);
      assertThat(raw).contains("bob.copies@customer.example").doesNotContain("carl.copies");
    }
    var hidden = Customer.read(carl.receives(1).getFirst());
    carl.sends(Company.smtpPort(), SampleMail.from("carl.copies@customer.example").to(company.address)
        .header("In-Reply-To", "<" + hidden.messageId().orElseThrow().value() + ">").bytes(), company.address);
    assertThat(company.messages(ticket, 3).getString("items[2].from.address")).isEqualTo("carl.copies@customer.example");
    assertThat(company.get("/tickets/" + ticket).getString("participants.find { it.address == 'carl.copies@customer.example' }.role")).isEqualTo("hidden");
  }

  @Test
  void filesAndInlinePicturesArriveAsTheyAre() throws IOException { // EH-13, WX-16
    var company = Company.founded(operator);
    var anna = new Customer("anna.files@customer.example");
    anna.sends(Company.smtpPort(), SampleMail.from("anna.files@customer.example").to(company.address).subject("Files").bytes(), company.address);
    var ticket = company.tickets(1).getString("items[0].id");
    var file = new byte[300_000];
    new Random(3).nextBytes(file);
    var picture = new byte[5_000];
    new Random(4).nextBytes(picture);
    var fileId = upload(company, "Angebot Größe.pdf", "application/pdf", file);
    var pictureId = upload(company, "plan.png", "image/png", picture);

    company.post("/tickets/" + ticket + "/replies",
        Map.of("html", "<p>The plan: <img src=\"cid:" + pictureId + "\"></p>", "attachmentIds", List.of(fileId, pictureId)), 202);

    var mail = Customer.read(anna.receives(1).getFirst());
    var shown = mail.attachments().stream().filter(part -> part.inline()).findFirst().orElseThrow();
    assertThat(shown.open().readAllBytes()).isEqualTo(picture);
    assertThat(mail.html().orElseThrow()).contains("cid:" + shown.contentId().orElseThrow());
    var attached = mail.attachments().stream().filter(part -> !part.inline()).findFirst().orElseThrow();
    assertThat(attached.name()).isEqualTo("Angebot Größe.pdf");
    assertThat(attached.open().readAllBytes()).isEqualTo(file);
  }

  @Test
  void commentNeverLeaves() throws IOException { // TH-41
    var company = Company.founded(operator);
    var anna = new Customer("anna.comment@customer.example");
    anna.sends(Company.smtpPort(), SampleMail.from("anna.comment@customer.example").to(company.address).subject("Comment").bytes(), company.address);
    var ticket = company.tickets(1).getString("items[0].id");

    company.post("/tickets/" + ticket + "/comments", Map.of("text", "She is angry."), 201);
    company.post("/tickets/" + ticket + "/replies", Map.of("text", "We are sorry."), 202);

    // The reply was written after the comment: with it everything that was to leave has left.
    assertThat(anna.receives(1)).hasSize(1).noneSatisfy(mail -> assertThat(new String(mail, StandardCharsets.UTF_8)).contains("angry"));
  }

  private static String upload(Company company, String name, String type, byte[] bytes) {
    return company.asAdmin().contentType(type).queryParam("name", name).body(bytes).post("/api/v1/uploads")
        .then().statusCode(201).extract().path("id");
  }
}
