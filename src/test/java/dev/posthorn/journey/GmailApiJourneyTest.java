package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.posthorn.simulator.Browser;
import dev.posthorn.simulator.GmailMailbox;
import dev.posthorn.simulator.GmailRealm;
import dev.posthorn.simulator.GoogleRealm;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.simulator.Simulator;
import dev.posthorn.support.Callback;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A company that signs in with Google: mail comes in by the Gmail API, announced or not, and answers leave by it.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class GmailApiJourneyTest {
  private static final String ANNA = "anna@customer.example";

  private Simulator simulator;
  private GoogleRealm google;
  private String support;
  private GmailRealm gmail;
  private GmailMailbox mailbox;
  private Company company;

  private final String operator = Company.OPERATOR;

  @BeforeEach
  void signIn() {
    simulator = Simulator.start(SimulatedProviders.port());
    google = simulator.add(new GoogleRealm())
        .registered(new GoogleRealm.Application(SimulatedProviders.CLIENT, SimulatedProviders.CLIENT_SECRET, Set.of(SimulatedProviders.CALLBACK)));
    gmail = GmailRealm.in(simulator);
    var sub = UUID.randomUUID().toString();
    var domain = sub.substring(0, 8) + ".example";
    support = "support@" + domain;
    google.with(new GoogleRealm.Person(sub, support, domain));
    mailbox = gmail.mailbox(support);
    company = Company.founded(operator);
    var begun = company.post("/mailboxes/authorizations", Map.of("kind", "gmail-api", "returnTo", SimulatedProviders.DESK + "setup"), 201);
    Callback.come(Browser.click(begun.getString("authorizationUrl"), "account-" + sub)).body(containsString("is connected")).statusCode(200);
    eventually(() -> gmail.watch(support), Optional::isPresent);
  }

  @AfterEach
  void stop() {
    try {
      company.asAdmin().delete("/api/v1/mailboxes/" + company.get("/mailboxes").getString("items[0].id")).then().statusCode(204);
      // Whoever reads it now reads to the end.
      await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(10)).until(() -> true);
    } finally {
      simulator.close();
    }
    assertThat(simulator.complaints().all()).isEmpty();
  }

  private static <T> T eventually(Callable<T> look, Predicate<T> until) {
    return await().atMost(Duration.ofSeconds(40)).until(look, until);
  }

  private int pushed(String token, String address) {
    var data = Base64.getEncoder().encodeToString(("{\"emailAddress\":\"" + address + "\",\"historyId\":\"1\"}").getBytes(StandardCharsets.UTF_8));
    return RestAssured.given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON)
        .body(Map.of("message", Map.of("data", data, "messageId", "1"), "subscription", "projects/acme/subscriptions/gmail"))
        .post("/hooks/gmail").then().extract().statusCode();
  }

  @Test
  void oneSignInBringsMailInAndAnswersOut() { // OD-18
    mailbox.arrives(SampleMail.from("Anna <" + ANNA + ">").to(support).subject("Cold").bytes());
    assertThat(pushed(google.pushToken(SimulatedProviders.PUSH_ACCOUNT, SimulatedProviders.PUSH_AUDIENCE), support)).isEqualTo(204);
    var ticket = company.tickets(1).getString("items[0].id");
    eventually(mailbox::inbox, inbox -> inbox.contains("Cold"));

    var reply = company.post("/tickets/" + ticket + "/replies", Map.of("html", "<p>Hello Anna</p>"), 202);

    var left = eventually(mailbox::left, mails -> mails.size() == 1).getFirst();
    assertThat(left.recipients()).containsExactly(ANNA);
    assertThat(Customer.read(left.mime()).messageId().orElseThrow().value()).isEqualTo(reply.getString("messageId"));
    eventually(() -> company.get("/messages/" + reply.getString("id")).getString("delivery.state"), "sent"::equals);
  }

  @Test
  void onlyOurOwnSubscriptionIsBelieved() {
    assertThat(pushed(google.pushToken(SimulatedProviders.PUSH_ACCOUNT, "https://another.example/hooks/gmail"), support)).isEqualTo(403);
    assertThat(pushed(google.pushToken("stranger@acme.iam.gserviceaccount.example", SimulatedProviders.PUSH_AUDIENCE), support)).isEqualTo(403);
    assertThat(pushed("e30.e30.", support)).isEqualTo(403);
    RestAssured.given().contentType(ContentType.JSON).body(Map.of()).post("/hooks/gmail").then().statusCode(403);
    // Of a mailbox that nobody has connected: taken, since Pub/Sub repeats what is not.
    assertThat(pushed(google.pushToken(SimulatedProviders.PUSH_ACCOUNT, SimulatedProviders.PUSH_AUDIENCE), "nobody@acme.example")).isEqualTo(204);
  }

  @Test
  void mailThatNobodyAnnouncesComesAllTheSame() { // P-57
    mailbox.arrives(SampleMail.from(ANNA).to(support).subject("Cold").bytes());

    company.tickets(1);
  }
}
