package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.simulator.Browser;
import dev.posthorn.simulator.EntraError;
import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.Front;
import dev.posthorn.simulator.GraphMailbox;
import dev.posthorn.simulator.GraphRealm;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.simulator.Simulator;
import dev.posthorn.support.Callback;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Consent is withdrawn while customers go on writing; somebody signs in again, and nothing is missing and nothing is there twice.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class ReauthorizationJourneyTest {
  private static final String DIRECTORY = "aaaaaaaa-0000-4000-8000-00000000000c";

  private final String oid = UUID.randomUUID().toString();
  private final String support = "support@" + oid.substring(0, 8) + ".example";
  private Simulator simulator;
  private EntraRealm entra;
  private GraphRealm graph;
  private GraphMailbox mailbox;
  private Company company;

  private final String operator = Company.OPERATOR;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatedProviders.port());
    graph = GraphRealm.in(simulator);
    simulator.add(new Front(() -> "http://127.0.0.1:" + RestAssured.port));
    entra = simulator.add(new EntraRealm())
        .registered(new EntraRealm.Application(SimulatedProviders.CLIENT, SimulatedProviders.CLIENT_SECRET, null, Set.of(SimulatedProviders.CALLBACK)))
        .with(new EntraRealm.Person(oid, DIRECTORY, support, "Support"));
    mailbox = graph.mailbox(oid, support);
    company = Company.founded(operator);
  }

  @AfterEach
  void stop() {
    company.get("/mailboxes").<String>getList("items.id").forEach(id -> company.asAdmin().delete("/api/v1/mailboxes/" + id).then().statusCode(204));
    graph.close();
    simulator.close();
  }

  private void signIn() {
    var begun = company.post("/mailboxes/authorizations", Map.of("kind", "microsoft365", "mailbox", support, "returnTo", SimulatedProviders.DESK), 201);
    Callback.come(Browser.click(begun.getString("authorizationUrl"), "account-" + oid)).statusCode(200);
  }

  private void customerWrites(String subject) {
    graph.delivers(mailbox, SampleMail.from("anna@customer.example").to(support).subject(subject).bytes());
  }

  private void awaitState(String state) {
    await().atMost(Duration.ofSeconds(40)).until(() -> company.get("/mailboxes").getString("items[0].state"), state::equals);
  }

  @Test
  void whatCameWhileTheConsentWasWithdrawnIsThereOnce() { // P-02
    signIn();
    customerWrites("Before");
    company.tickets(1);
    var before = company.get("/mailboxes").getString("items[0].id");
    entra.end(oid, EntraError.NO_CONSENT);
    awaitState("needs-reauthorization");
    assertThat(company.get("/mailboxes").getString("items[0].lastError")).contains("AADSTS65001", "Sign in again");
    customerWrites("Meanwhile");

    signIn();

    awaitState("connected");
    customerWrites("After");
    assertThat(company.tickets(3).getList("items.subject")).containsExactlyInAnyOrder("Before", "Meanwhile", "After");
    assertThat(company.get("/mailboxes").getString("items[0].id")).isEqualTo(before);
  }
}
