package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.Front;
import dev.posthorn.simulator.GraphMailbox;
import dev.posthorn.simulator.GraphRealm;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.simulator.Simulator;
import dev.posthorn.support.Chromium;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An administrator connects a mailbox in a real browser: they choose their account at the provider, come back to a page that says
/// what happened, and to the front end; a customer's mail arrives, and the answer leaves.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class BrowserJourneyTest {
  private static final String DIRECTORY = "aaaaaaaa-0000-4000-8000-00000000000b";

  private final String oid = UUID.randomUUID().toString();
  private final String support = "support@" + oid.substring(0, 8) + ".example";
  private Simulator simulator;
  private GraphRealm graph;
  private GraphMailbox mailbox;
  private Company company;
  private Chromium browser;

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Chromium.isThere(), "no chromedriver here: apt-get install chromium chromium-driver");
    simulator = Simulator.start(SimulatedProviders.port());
    graph = GraphRealm.in(simulator);
    simulator.add(new Front(() -> "http://127.0.0.1:" + RestAssured.port));
    simulator.add(new EntraRealm())
        .registered(new EntraRealm.Application(SimulatedProviders.CLIENT, SimulatedProviders.CLIENT_SECRET, null, Set.of(SimulatedProviders.CALLBACK)))
        .with(new EntraRealm.Person(oid, DIRECTORY, support, "Support"));
    mailbox = graph.mailbox(oid, support);
    company = Company.founded(operator);
    browser = Chromium.start(Map.of("posthorn.example:80", "127.0.0.1:" + RestAssured.port, "desk.example:80", "127.0.0.1:" + RestAssured.port));
  }

  @AfterEach
  void stop() {
    if (browser == null) {
      return;
    }
    browser.close();
    company.get("/mailboxes").<String>getList("items.id").forEach(id -> company.asAdmin().delete("/api/v1/mailboxes/" + id).then().statusCode(204));
    graph.close();
    simulator.close();
  }

  private String authorizationUrl() {
    return company.post("/mailboxes/authorizations", Map.of("kind", "microsoft365", "returnTo", SimulatedProviders.DESK + "setup"), 201)
        .getString("authorizationUrl");
  }

  @Test
  void aMailboxIsConnectedByClickingAndMailGoesBothWays() { // EH-31, OD-05
    browser.open(authorizationUrl());
    browser.click("account-" + oid);
    browser.click("connect");

    await().atMost(Duration.ofSeconds(20)).until(() -> browser.text().contains(support + " is connected"));
    browser.click("continue");
    await().atMost(Duration.ofSeconds(20)).until(() -> browser.address().startsWith(SimulatedProviders.DESK + "setup?authorizationId="));
    assertThat(browser.address()).contains("outcome=connected", "mailboxId=");

    graph.delivers(mailbox, SampleMail.from("anna@customer.example").to(support).subject("The heating is cold").bytes());
    var ticket = company.tickets(1).getString("items[0].id");
    company.post("/tickets/" + ticket + "/replies", Map.of("text", "We are on our way."), 202);
    await().atMost(Duration.ofSeconds(30)).until(() -> mailbox.left().size() == 1);
    assertThat(mailbox.left().getFirst().recipients()).containsExactly("anna@customer.example");
    assertThat(simulator.complaints().all()).isEmpty();
  }

  @Test
  void whoeverDeclinesReadsWhatHelps() {
    browser.open(authorizationUrl());
    browser.click("cancel");

    await().atMost(Duration.ofSeconds(20)).until(() -> browser.text().contains("Nobody consented"));
    browser.click("continue");
    await().atMost(Duration.ofSeconds(20)).until(() -> browser.address().contains("outcome=refused"));
  }
}
