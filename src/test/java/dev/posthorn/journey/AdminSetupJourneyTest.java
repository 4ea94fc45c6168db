package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.mail.Address;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.Gateway;
import dev.posthorn.support.Provider;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A company signs up and is set up by its admin, by REST from beginning to end, until its first customer has an answer from the company's
/// own address.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class AdminSetupJourneyTest {
  private static final String SUPPORT = "support@acme.example";
  private static final String ANNA = "anna@customer.example";

  private final Provider provider = Provider.start().with(SUPPORT).with(ANNA);
  private final Gateway gateway = new Gateway();

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  @AfterEach
  void stop() {
    gateway.close();
    provider.close();
  }

  private static void patch(Company company, String path, Map<String, ?> change) {
    company.asAdmin().contentType("application/merge-patch+json").body(change).patch("/api/v1" + path).then().statusCode(200);
  }

  private static List<String> open(Company company) {
    return company.get("/teams/" + company.team + "/setup").getList("steps.findAll { !it.done }.name");
  }

  /// As a relay would, beside the reading of the mailbox, which `MailboxJourneyTest` waits for.
  private static void pushed(Company company, String channel, String subject) {
    company.asAdmin().contentType("message/rfc822").body(SampleMail.from("Anna <" + ANNA + ">").to(SUPPORT).subject(subject).bytes())
        .post("/api/v1/inbound-channels/" + channel + "/mails").then().statusCode(202);
  }

  @Test
  void fromTheSignUpToTheFirstAnswer() { // EH-32, EH-36, OD-23, TH-04, TH-08, TH-13, TH-16, TH-46
    // What a new company finds.
    var company = Company.founded(operator);
    assertThat(company.get("/queues").getList("items.name")).containsExactly("Inbox");
    assertThat(open(company)).contains("agents-assigned", "mail-received", "reply-sent");

    // The people and their places.
    patch(company, "/tenant", Map.of("timeZone", "Europe/Zurich", "name", "Acme"));
    patch(company, "/teams/" + company.team, Map.of("displayName", "Acme Support", "autoConfirm", false));
    var inbox = company.get("/queues").getString("items[0].id");
    var lifts = company.post("/queues", Map.of("name", "Lifts", "color", "#aa0000", "teamId", company.team), 201).getString("id");
    var agent = company.post("/agents", Map.of("name", "Ada", "email", "ada@acme.example", "role", "agent", "teamIds", List.of(company.team), "queueIds", List.of(inbox, lifts)), 201)
        .getString("id");
    var key = company.post("/api-keys", Map.of("name", "Ada", "role", "agent", "agentId", agent), 201).getString("key");
    assertThat(open(company)).doesNotContain("agents-assigned");

    // The company's own mailbox, tried live, and its number for texts.
    var mailbox = company.post("/mailboxes", provider.wish(SUPPORT), 201);
    assertThat(mailbox.getString("state")).isEqualTo("connected");
    assertThat(company.get("/teams/" + company.team + "/setup").getString("supportAddress")).isEqualTo(SUPPORT);
    var account = company.post("/text-accounts", Map.of("name", "Mobile", "number", "+41446681800", "teamId", company.team, "gatewayUrl", gateway.url()), 201);
    assertThat(company.get("/accounts").getList("items.channel")).containsExactly("email", "text");

    // A rule, tried on what came before it is switched on.
    pushed(company, mailbox.getString("inboundChannelId"), "The lift is stuck");
    var before = company.tickets(1).getString("items[0].id");
    var rule = Map.of("name", "Lifts", "condition", Map.of("kind", "subject-contains", "text", "lift"),
        "actions", List.of(Map.of("kind", "route-to-queue", "queueId", lifts), Map.of("kind", "add-tags", "tags", List.of("lift"))));
    var tried = company.post("/rule-simulations", Map.of("rules", List.of(rule), "from", "2020-01-01T00:00:00Z", "to", "2100-01-01T00:00:00Z"), 200);
    assertThat(tried.getList("items.changed")).containsExactly(true);
    company.post("/rules", rule, 201);
    pushed(company, mailbox.getString("inboundChannelId"), "The lift is stuck again");
    var ticket = await().atMost(Duration.ofSeconds(60)).until(() -> company.get("/tickets?tag=lift").getString("items[0].id"), found -> found != null);
    assertThat(company.get("/tickets/" + ticket).getString("queueId")).isEqualTo(lifts);
    assertThat(company.get("/tickets/" + before).getString("queueId")).isEqualTo(inbox);

    // The first answer comes from the company's own address, and texts come into their own tickets.
    Company.as(key).contentType("application/json").body(Map.of("text", "Somebody is on the way.")).post("/api/v1/tickets/" + ticket + "/replies").then().statusCode(202);
    assertThat(Customer.read(provider.mails(ANNA, "INBOX", 1).getFirst()).from()).contains(new Address("Acme Support", SUPPORT));
    company.post("/inbound-channels/" + account.getString("inboundChannelId") + "/texts", Map.of("id", "1", "from", "+4915112345678", "text", "Hello"), 202);
    assertThat(company.get("/tickets?q=Hello").getList("items")).isNotNull();

    // Nothing is left to do.
    await().untilAsserted(() -> assertThat(open(company)).isEmpty());
  }
}
