package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.channel.Suppression;
import dev.posthorn.channel.Suppressions;
import dev.posthorn.event.Actor;
import dev.posthorn.ingress.SmtpListener;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// A company's own address is made to forward, and that is proven.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class ForwardingJourneyTest {
  @Inject SmtpListener smtp;
  @Inject Suppressions suppressions;

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  @Test
  void forwardingIsProvenEndToEnd() throws IOException { // AT-09, EH-35, EH-36
    var company = Company.founded(operator);
    var support = new Customer("support.proof@customer.example");
    var test = company.post("/teams/" + company.team + "/forwarding-tests", Map.of("address", "support.proof@customer.example"), 201);
    assertThat(test.getString("state")).isEqualTo("waiting");

    var probe = support.receives(1).getFirst();
    var forwarded = ("Received: from relay.example by mx.customer.example with ESMTPS; Sun, 22 Nov 2026 10:00:00 +0000\r\n"
        + new String(probe, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    assertThat(support.sends(smtp.port(), forwarded, company.address)).startsWith("250 ");

    var path = "/teams/" + company.team + "/forwarding-tests/" + test.getString("id");
    await().until(() -> company.get(path).getString("state").equals("arrived"));
    var arrived = company.get(path);
    assertThat(arrived.getList("findings.hops", String.class)).contains("mx.customer.example");
    assertThat(arrived.getBoolean("findings.messageIdKept")).isTrue();
    assertThat(arrived.getBoolean("findings.subjectKept")).isTrue();
    assertThat(arrived.getString("inboundChannelId")).isEqualTo(company.channel);
    assertThat(arrived.getLong("delaySeconds")).isNotNegative();
    assertThat(company.get("/tickets").getList("items")).isEmpty();
    assertThat(company.get("/inbound-mails").getString("items[0].reason")).isEqualTo("forwarding-test");
  }

  @Test
  void whatCannotBeDeliveredAndWhatIsOursAreSaid() {
    var company = Company.founded(operator);
    company.post("/suppressions", Map.of("pattern", "listed@customer.example"), 201);

    var failed = company.post("/teams/" + company.team + "/forwarding-tests", Map.of("address", "listed@customer.example"), 201).getString("id");

    await().until(() -> company.get("/teams/" + company.team + "/forwarding-tests/" + failed).getString("state").equals("failed"));
    company.asAdmin().contentType(ContentType.JSON).body(Map.of("address", company.address)).post("/api/v1/teams/" + company.team + "/forwarding-tests")
        .then().statusCode(422);
    assertThat(company.get("/teams/" + company.team + "/forwarding-tests").getList("items.id")).isEqualTo(List.of(failed));
  }

  @Test
  void anAddressThatAnswersCustomersIsTriedAllTheSame() throws IOException { // OD-27
    var company = Company.founded(operator);
    var support = new Customer("support.own@customer.example");
    Tenancy.run(new TenantId(UUID.fromString(company.get("/tenant").getString("id"))), () -> QuarkusTransaction.requiringNew()
        .run(() -> suppressions.list("support.own@customer.example", Suppression.OWN_ADDRESS, Actor.SYSTEM)));

    company.post("/teams/" + company.team + "/forwarding-tests", Map.of("address", "support.own@customer.example"), 201);

    assertThat(support.receives(1)).hasSize(1);
  }

  @Test
  void whatGmailAsksIsShownInTheSetUpAndIsNoTicket() throws IOException { // AT-10
    var company = Company.founded(operator);
    var link = "https://mail-settings.google.com/mail/vf-%5BANGjdJ8abcdefghij%5D-xyz_123";
    new Customer("forwarding-noreply@google.com").sends(smtp.port(), SampleMail.from("Gmail Team <forwarding-noreply@google.com>").to(company.address)
        .subject("(#123456789) Gmail Forwarding Confirmation - Receive Mail from info@acme.example")
        .body("info@acme.example has requested to automatically forward mail to your address " + company.address + ".\nTo allow it, click:\n" + link + "\n").bytes(), company.address);

    await().until(() -> !company.get("/teams/" + company.team + "/setup").getList("confirmations").isEmpty());
    var setup = company.get("/teams/" + company.team + "/setup");
    assertThat(setup.getString("confirmations[0].code")).isEqualTo("123456789");
    assertThat(setup.getString("confirmations[0].link")).isEqualTo(link);
    assertThat(setup.getString("confirmations[0].address")).isEqualTo("info@acme.example");
    assertThat(company.get("/tickets").getList("items")).isEmpty();
    assertThat(company.get("/inbound-mails").getString("items[0].state")).isEqualTo("ignored");
  }
}
