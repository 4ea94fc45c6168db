package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.mail.Address;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.Provider;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Mail comes in by forwarding and leaves by a server of the company's own.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class OwnServerJourneyTest {
  private static final String FROM = "it@acme.example";
  private static final String ANNA = "anna@customer.example";

  private final Provider provider = Provider.start().with(FROM).with(ANNA);

  private final String operator = Company.OPERATOR;

  @AfterEach
  void stop() {
    provider.close();
  }

  private Company company(String answersTo) {
    var company = Company.founded(operator);
    var channel = company.post("/outbound-channels", Map.of("kind", "smtp", "name", "Own", "fromAddress", FROM, "displayName", "Acme IT",
        "username", FROM, "password", Provider.PASSWORD, "answersTo", answersTo,
        "smtp", Map.of("host", "127.0.0.1", "port", provider.smtpPort(), "security", "none")), 201).getString("id");
    company.asAdmin().contentType("application/merge-patch+json").body(Map.of("replyViaId", channel)).patch("/api/v1/inbound-channels/" + company.channel)
        .then().statusCode(200);
    return company;
  }

  private static byte[] question() {
    return SampleMail.from("Anna <" + ANNA + ">").to("support@xyz.example").subject("Cold").bytes();
  }

  @Test
  void mailToOneAddressIsAnsweredFromAnotherByTheCompanysServer() { // OD-17, OD-22, EH-32
    var company = company("team");
    var ticket = company.pushed(question()).getString("ticketId");

    var reply = company.post("/tickets/" + ticket + "/replies", Map.of("text", "Warm again."), 202);

    var arrived = Customer.read(provider.mails(ANNA, "INBOX", 1).getFirst());
    assertThat(arrived.from()).contains(new Address("Acme IT", FROM));
    assertThat(reply.getString("outboundChannel.chosenBy")).isEqualTo("inbound-channel");
    // The answer comes straight to us, signed.
    assertThat(arrived.replyTo()).singleElement().satisfies(to -> assertThat(to.address()).contains("+r").endsWith(company.address.replaceFirst(".*@", "@")));
    assertThat(company.get("/messages/" + reply.getString("id") + "/explanation").getString("decidedBy")).isEqualTo("inbound-channel");
  }

  @Test
  void answersComeToTheKnownAddressWithASignatureWhereItsServerTakesIt() { // P-18
    var company = company("signed-address");
    var ticket = company.pushed(question()).getString("ticketId");
    company.post("/tickets/" + ticket + "/replies", Map.of("text", "Warm again."), 202);
    var to = Customer.read(provider.mails(ANNA, "INBOX", 1).getFirst()).replyTo().getFirst().address();
    assertThat(to).startsWith("it+r").endsWith("@acme.example");

    // The company's server forwards it; its Message-ID was rewritten on the way out, so nothing else says where it belongs.
    var answer = company.pushed(SampleMail.from("Anna <anna.private@elsewhere.example>").to(to).subject("Thanks").bytes());

    assertThat(answer.getString("ticketId")).isEqualTo(ticket);
  }
}
