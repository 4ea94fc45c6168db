package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.posthorn.mail.Address;
import dev.posthorn.simulator.Browser;
import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.Front;
import dev.posthorn.simulator.GraphMailbox;
import dev.posthorn.simulator.GraphRealm;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.simulator.Simulator;
import dev.posthorn.support.Callback;
import dev.posthorn.support.Reports;
import dev.posthorn.support.Rows;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A company that signs in once with Microsoft: mail comes in by Graph, announced or not, and answers leave by it.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class Microsoft365JourneyTest {
  private static final String ANNA = "anna@customer.example";

  private Simulator simulator;
  private GraphRealm graph;
  private String support;
  private GraphMailbox mailbox;
  private Company company;

  private final String operator = Company.OPERATOR;

  @BeforeEach
  void signIn() {
    simulator = Simulator.start(SimulatedProviders.port());
    var entra = simulator.add(new EntraRealm());
    graph = GraphRealm.in(simulator);
    simulator.add(new Front(() -> "http://127.0.0.1:" + RestAssured.port));
    entra.registered(new EntraRealm.Application(SimulatedProviders.CLIENT, SimulatedProviders.CLIENT_SECRET, null, Set.of(SimulatedProviders.CALLBACK)));
    var oid = UUID.randomUUID().toString();
    support = "support@" + oid.substring(0, 8) + ".example";
    entra.with(new EntraRealm.Person(oid, UUID.randomUUID().toString(), support, "Support"));
    mailbox = graph.mailbox(oid, support);
    company = Company.founded(operator);
    var begun = company.post("/mailboxes/authorizations", Map.of("kind", "microsoft365", "returnTo", SimulatedProviders.DESK + "setup"), 201);
    Callback.come(Browser.click(begun.getString("authorizationUrl"), "account-" + oid)).body(containsString("is connected")).statusCode(200);
    eventually(() -> company.get("/mailboxes").getString("items[0].state"), "connected"::equals);
  }

  @AfterEach
  void stop() {
    try {
      company.asAdmin().delete("/api/v1/mailboxes/" + company.get("/mailboxes").getString("items[0].id")).then().statusCode(204);
      // Whoever reads it now reads to the end.
      await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(10)).until(() -> true);
    } finally {
      graph.close();
      simulator.close();
    }
    assertThat(simulator.complaints().all()).isEmpty();
  }

  private byte[] mail(String subject) {
    return SampleMail.from("Anna <" + ANNA + ">").to(support).subject(subject).bytes();
  }

  private static <T> T eventually(Callable<T> look, Predicate<T> until) {
    return await().atMost(Duration.ofSeconds(40)).until(look, until);
  }

  @Test
  void oneSignInBringsMailInAndAnswersOut() { // EH-31, OD-05, OD-07, OD-18
    graph.delivers(mailbox, mail("Cold"));
    var ticket = company.tickets(1).getString("items[0].id");
    eventually(mailbox::inbox, List.of("Cold")::equals);

    var reply = company.post("/tickets/" + ticket + "/replies", Map.of("html", "<p>Hello Anna</p>"), 202);

    var left = eventually(mailbox::left, mails -> mails.size() == 1).getFirst();
    var arrived = Customer.read(left.mime());
    assertThat(left.recipients()).containsExactly(ANNA);
    assertThat(arrived.from()).contains(new Address("Journey & Sons", support));
    assertThat(reply.getString("outboundChannel.chosenBy")).isEqualTo("inbound-channel");
    eventually(() -> company.get("/messages/" + reply.getString("id")).getString("delivery.state"), "sent"::equals);
    assertThat(mailbox.in("Sent Items")).hasSize(1);

    graph.delivers(mailbox, SampleMail.from(ANNA).to(support).subject("Re: Cold").header("In-Reply-To", "<" + reply.getString("messageId") + ">").bytes());
    assertThat(company.messages(ticket, 3).getString("items[2].from.address")).isEqualTo(ANNA);
    assertThat(company.get("/tickets").getList("items")).hasSize(1);
  }

  @Test
  void aReportAfter202FindsItsMessage() { // P-30
    graph.delivers(mailbox, mail("Cold"));
    var ticket = company.tickets(1).getString("items[0].id");
    var reply = company.post("/tickets/" + ticket + "/replies", Map.of("text", "Hello Anna"), 202);
    eventually(() -> company.get("/messages/" + reply.getString("id")).getString("delivery.state"), "sent"::equals);

    graph.delivers(mailbox, Reports.of(support, ANNA, "failed", "5.1.1", "550 5.1.1 User unknown", reply.getString("messageId")).bytes());

    eventually(() -> company.get("/messages/" + reply.getString("id")).getString("delivery.state"), "bounced"::equals);
    assertThat(company.get("/tickets").getList("items")).hasSize(1);
  }

  @Test
  void aPauseThatGraphAsksForIsKeptByWhoeverReadsTheMailbox() { // P-08
    var before = Instant.now();
    graph.faults().next(100, call -> call.path().contains("/messages/delta"), Fault.throttled("600"));

    eventually(() -> company.get("/mailboxes").getString("items[0].lastError"), words -> words != null && words.contains("429"));

    assertThat(company.get("/mailboxes").getString("items[0].state")).isEqualTo("failing");
    var due = dueAt();
    assertThat(due).isAfterOrEqualTo(before.plusSeconds(600));
    assertThat(due).as("spread by a quarter, and not put off for ever").isBefore(Instant.now().plusSeconds(751));
    graph.faults().none();
  }

  /// When the mailbox is read next.
  private Instant dueAt() {
    return Instant.ofEpochMilli(new Rows("posthorn").number("select (extract(epoch from due_at) * 1000)::bigint from mailbox_pull where mailbox_id = ?",
        UUID.fromString(company.get("/mailboxes").getString("items[0].id"))));
  }

  @Test
  void anAnswerToAColleagueWhoWroteFromOutlookJoins() { // P-17
    graph.delivers(mailbox, mail("Cold"));
    company.tickets(1);

    // What the colleague wrote we have never seen: only the mailbox knows that it belongs together.
    graph.delivers(mailbox, SampleMail.from(ANNA).to(support).subject("Re: Cold").header("In-Reply-To", "<colleague@outlook.example>")
        .header("References", "<colleague@outlook.example>").bytes());
    graph.delivers(mailbox, SampleMail.from("mallory@other.example").to(support).subject("Re: Cold").bytes());
    graph.delivers(mailbox, mail("Cold"));

    company.tickets(3);
    var joined = company.get("/inbound-mails?state=threaded").getList("items.reason");
    assertThat(joined).containsExactly("provider-conversation");
  }

  @Test
  void whatIsAnnouncedTwiceLateOrNeverIsOneTicketEach() { // P-13, P-57
    eventually(() -> graph.subscriptions().live(), live -> live.size() == 1);
    graph.subscriptions().repeat(3);
    graph.delivers(mailbox, mail("Thrice"));
    company.tickets(1);
    graph.subscriptions().lose(2);
    graph.delivers(mailbox, mail("Lost one"));
    graph.delivers(mailbox, mail("Lost two"));
    graph.subscriptions().lifecycle("missed");

    assertThat(company.tickets(3).getList("items.subject")).containsExactlyInAnyOrder("Thrice", "Lost one", "Lost two");
    assertThat(graph.subscriptions().answers()).isNotEmpty().containsOnly(202);
  }

  @Test
  void aSubscriptionThatIsTakenAwayIsMadeAnew() { // P-57
    eventually(() -> graph.subscriptions().live(), live -> live.size() == 1);
    var first = graph.subscriptions().live();
    graph.subscriptions().lifecycle("subscriptionRemoved");
    eventually(() -> graph.subscriptions().made(), made -> made == 2);

    graph.subscriptions().lifecycle("reauthorizationRequired");
    graph.delivers(mailbox, mail("Cold"));
    company.tickets(1);

    assertThat(graph.subscriptions().live()).containsAll(first);
  }

  @Test
  void aSubscriptionThatVanishesInSilenceLosesNoMail() { // P-57
    eventually(() -> graph.subscriptions().live(), live -> live.size() == 1);
    graph.subscriptions().vanish();
    graph.delivers(mailbox, mail("Cold"));

    company.tickets(1);
  }

  @Test
  void anAnnouncementWithoutTheSecretIsRefused() {
    eventually(() -> graph.subscriptions().live(), live -> live.size() == 1);
    var id = company.get("/mailboxes").getString("items[0].id");

    for (var state : List.of(id + ".guessed", UUID.randomUUID() + ".x", "nothing", "")) {
      RestAssured.given().contentType(ContentType.JSON).body(Map.of("value", List.of(Map.of("subscriptionId", "s", "clientState", state))))
          .post("/hooks/graph").then().statusCode(403);
    }
    RestAssured.given().contentType(ContentType.JSON).body("no json").post("/hooks/graph").then().statusCode(400);
  }

  @Test
  void theAddressOfAnnouncementsIsTriedBeforeTheyCome() {
    var token = "Validation: Testing <b>reachability</b> & more";
    for (var path : List.of("/hooks/graph", "/hooks/graph/lifecycle")) {
      var answer = RestAssured.given().queryParam("validationToken", token).post(path).then().statusCode(200).extract();
      assertThat(answer.asString()).isEqualTo(token);
      assertThat(answer.contentType()).startsWith("text/plain");
    }
  }
}
