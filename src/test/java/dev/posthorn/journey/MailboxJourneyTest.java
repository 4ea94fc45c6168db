package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.connector.ScriptedImapServer;
import dev.posthorn.connector.ScriptedImapServer.Step;
import dev.posthorn.mail.Address;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.Provider;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A company's own mailbox: mail in it becomes tickets, and answers leave by it.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class MailboxJourneyTest {
  private static final String SUPPORT = "support@acme.example";
  private static final String ANNA = "anna@customer.example";

  private final Provider provider = Provider.start().with(SUPPORT).with(ANNA);

  private final String operator = Company.OPERATOR;

  @AfterEach
  void stop() {
    provider.close();
  }

  private static byte[] mail(String subject) {
    return SampleMail.from("Anna <" + ANNA + ">").to(SUPPORT).subject(subject).bytes();
  }

  private String connected(Company company, Map<String, Object> wish) {
    return company.post("/mailboxes", wish, 201).getString("id");
  }

  private static <T> T eventually(Callable<T> look, Predicate<T> until) {
    return await().atMost(Duration.ofSeconds(40)).until(look, until);
  }

  @Test
  void mailBecomesATicketAndTheAnswerLeavesByTheMailbox() { // OD-03, OD-19, TH-11, TH-29, TH-32, P-34, P-35
    var company = Company.founded(operator);
    connected(company, provider.wish(SUPPORT));
    provider.arrives(SUPPORT, mail("Cold"));

    var ticket = company.tickets(1).getString("items[0].id");
    eventually(() -> provider.unread(SUPPORT), unread -> unread == 0);
    var reply = company.post("/tickets/" + ticket + "/replies", Map.of("html", "<p>Hello Anna</p>"), 202);

    var arrived = Customer.read(provider.mails(ANNA, "INBOX", 1).getFirst());
    assertThat(arrived.from()).contains(new Address("Journey & Sons", SUPPORT));
    assertThat(arrived.replyTo()).extracting(Address::address).containsExactly(SUPPORT);
    assertThat(reply.getString("outboundChannel.chosenBy")).isEqualTo("inbound-channel");
    var copy = Customer.read(provider.mails(SUPPORT, "Sent", 1).getFirst());
    assertThat(copy.messageId()).isEqualTo(arrived.messageId());

    provider.arrives(SUPPORT, SampleMail.from(ANNA).to(SUPPORT).subject("Re: Cold")
        .header("In-Reply-To", "<" + reply.getString("messageId") + ">").bytes());
    assertThat(company.messages(ticket, 3).getString("items[2].from.address")).isEqualTo(ANNA);
    // What we sent comes back by a rule of the mailbox: no ticket of it, and no second copy.
    provider.arrives(SUPPORT, provider.mails(SUPPORT, "Sent", 1).getFirst());
    eventually(() -> company.get("/inbound-mails").getList("items.state"), states -> states.contains("echo"));
    assertThat(company.get("/tickets").getList("items")).hasSize(1);
    assertThat(provider.mails(SUPPORT, "Sent", 1)).hasSize(1);
    assertThat(company.get("/inbound-mails").getString("items.find { it.state == 'ticketed' }.envelopeFrom")).isEqualTo(ANNA);
  }

  @Test
  void aCopyThatCannotBeKeptSendsNothingAgain() { // P-33
    var company = Company.founded(operator);
    try (var server = ScriptedImapServer.start()) {
      server.holding(mail("Cold")).always("APPEND", new Step.Say("{tag} NO [OVERQUOTA] the mailbox is full"));
      connected(company, scripted(server, SUPPORT, Map.of("historyDays", 3650)));
      var ticket = company.tickets(1).getString("items[0].id");
      var reply = company.post("/tickets/" + ticket + "/replies", Map.of("text", "Hello"), 202).getString("id");

      eventually(server::commands, commands -> commands.stream().anyMatch(command -> command.startsWith("APPEND")));
      assertThat(company.get("/messages/" + reply).getString("delivery.state")).isEqualTo("sent");
      assertThat(provider.mails(ANNA, "INBOX", 1)).hasSize(1);
    }
  }

  @Test
  void aMailThatIsFetchedAndForwardedIsOneMessage() { // OD-01, P-13
    var company = Company.founded(operator);
    connected(company, provider.wish(SUPPORT));
    var mail = mail("Both ways");
    provider.arrives(SUPPORT, mail);
    company.tickets(1);

    company.pushed(mail);

    assertThat(company.get("/tickets").getList("items")).hasSize(1);
    assertThat(company.get("/tickets/" + company.get("/tickets").getString("items[0].id") + "/messages").getList("items")).hasSize(1);
  }

  @Test
  void replyAllLeavesTheMailboxOut() { // P-45
    var company = Company.founded(operator);
    connected(company, provider.wish(SUPPORT));
    provider.arrives(SUPPORT, SampleMail.from(ANNA).to(SUPPORT + ", bob@customer.example").subject("Both").bytes());
    var ticket = company.tickets(1).getString("items[0].id");

    var reply = company.post("/tickets/" + ticket + "/replies", Map.of("text", "To all.", "replyAll", true), 202);

    assertThat(reply.getList("cc.address")).containsExactly("bob@customer.example");
  }

  @Test
  void whatWasThereBeforeComesOnlyWhereItIsWantedAndIsMarked() {
    provider.arrives(SUPPORT, mail("Old"), Date.from(Instant.now().minus(Duration.ofDays(3))));
    provider.arrives(SUPPORT, mail("Ancient"), Date.from(Instant.now().minus(Duration.ofDays(300))));
    var without = Company.founded(operator);
    connected(without, provider.wish(SUPPORT, "afterImport", "none"));
    var with = Company.founded(operator);
    connected(with, provider.wish(SUPPORT, "historyDays", 30));

    assertThat(with.tickets(1).getList("items.subject")).containsExactly("Old");
    provider.arrives(SUPPORT, mail("New"));
    assertThat(without.tickets(1).getList("items.subject")).containsExactly("New");
    with.tickets(2);
    assertThat(rowsOf(with)).containsExactlyInAnyOrder("Old true", "New false");
  }

  @Test
  void nobodyIsWrittenToForMailThatWasThereBefore() { // AT-04
    provider.arrives(SUPPORT, mail("Old"), Date.from(Instant.now().minus(Duration.ofDays(3))));
    var company = Company.founded(operator);
    company.asAdmin().contentType("application/merge-patch+json").body(Map.of("autoConfirm", true)).patch("/api/v1/teams/" + company.team)
        .then().statusCode(200);
    connected(company, provider.wish(SUPPORT, "historyDays", 30));
    company.tickets(1);
    provider.arrives(SUPPORT, mail("New"));
    company.tickets(2);

    // The one of the mail that came later is there: one of the older mail would have been there before it.
    assertThat(provider.mails(ANNA, "INBOX", 1)).singleElement()
        .satisfies(confirmation -> assertThat(Customer.read(confirmation).subject()).contains("New"));
  }

  private static List<String> rowsOf(Company company) {
    List<Map<String, Object>> items = company.get("/inbound-mails").getList("items");
    return items.stream().map(item -> company.get("/tickets/" + item.get("ticketId")).getString("subject") + " " + item.get("backlog")).toList();
  }

  @Test
  void aPausedMailboxIsNotReadAndStillSends() { // TH-09
    var company = Company.founded(operator);
    var mailbox = connected(company, provider.wish(SUPPORT));
    provider.arrives(SUPPORT, mail("Before"));
    var ticket = company.tickets(1).getString("items[0].id");
    company.asAdmin().contentType("application/json").body(Map.of("processIncoming", false)).patch("/api/v1/mailboxes/" + mailbox).then().statusCode(200);

    company.post("/tickets/" + ticket + "/replies", Map.of("text", "Hello"), 202);
    provider.mails(ANNA, "INBOX", 1);
    company.asAdmin().contentType("application/json").body(Map.of("processIncoming", true)).patch("/api/v1/mailboxes/" + mailbox).then().statusCode(200);
    provider.arrives(SUPPORT, mail("After"));

    assertThat(company.tickets(2).getList("items.subject")).containsExactlyInAnyOrder("Before", "After");
  }

  @Test
  void aNewPasswordGoesOnWhereItStopped() { // P-02
    var company = Company.founded(operator);
    try (var server = ScriptedImapServer.start()) {
      server.holding(mail("One"));
      var mailbox = connected(company, scripted(server, SUPPORT, Map.of("historyDays", 3650)));
      company.tickets(1);
      server.always("AUTHENTICATE", new Step.Say("{tag} NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)"));
      server.dropAll();
      eventually(() -> company.get("/mailboxes/" + mailbox), view -> view.getString("state").equals("needs-reauthorization"));
      assertThat(company.get("/mailboxes/" + mailbox).getString("lastError")).contains("Invalid credentials");
      server.holding(mail("Two"));
      server.recover();
      provider.password(SUPPORT, "new");
      company.asAdmin().contentType("application/json").body(Map.of("password", "new")).patch("/api/v1/mailboxes/" + mailbox).then().statusCode(200);

      assertThat(company.tickets(2).getList("items.subject")).containsExactlyInAnyOrder("One", "Two");
      assertThat(company.get("/mailboxes/" + mailbox).getString("state")).isEqualTo("connected");
    }
  }

  @Test
  void onePoisonedMailCostsItselfAloneAndComesWhenItCan() {
    var company = Company.founded(operator);
    try (var server = ScriptedImapServer.start()) {
      server.holding(mail("One"), mail("Poison"), mail("Three")).always("<mail> 2 (UID BODY", new Step.Drop());
      var mailbox = connected(company, scripted(server, SUPPORT, Map.of("historyDays", 3650)));

      assertThat(company.tickets(2).getList("items.subject")).containsExactlyInAnyOrder("One", "Three");
      var check = company.asAdmin().post("/api/v1/mailboxes/" + mailbox + "/diagnosis").then().statusCode(200).extract().jsonPath();
      assertThat(check.getString("find { it.check == 'mailbox.mails' }.detail")).startsWith("1 mails");
    }
  }

  @Test
  void oneServerThatHangsDelaysNobodyElse() {
    var company = Company.founded(operator);
    try (var server = ScriptedImapServer.start()) {
      connected(company, scripted(server, "hanging@acme.example", Map.of()));
      server.always("UID SEARCH", new Step.Hush());
      server.dropAll();
      connected(company, provider.wish(SUPPORT));
      provider.arrives(SUPPORT, mail("Quick"));

      assertThat(company.tickets(1).getList("items.subject")).containsExactly("Quick");
    }
  }

  @Test
  void aNewUidValidityDoublesNothing() { // P-13
    var company = Company.founded(operator);
    try (var server = ScriptedImapServer.start()) {
      server.holding(mail("One"), mail("Two"));
      connected(company, scripted(server, SUPPORT, Map.of("historyDays", 3650)));
      company.tickets(2);
      server.renumber();
      server.holding(mail("Three"));
      server.dropAll();

      assertThat(company.tickets(3).getList("items.subject")).containsExactlyInAnyOrder("One", "Two", "Three");
      assertThat(company.get("/inbound-mails").getList("items")).hasSize(3);
    }
  }

  /// A mailbox whose IMAP is scripted and whose SMTP is the provider's.
  private Map<String, Object> scripted(ScriptedImapServer server, String address, Map<String, Object> more) {
    if (!address.equals(SUPPORT)) {
      provider.with(address);
    }
    var wish = new HashMap<>(provider.wish(address));
    wish.put("imap", Map.of("host", "127.0.0.1", "port", server.port(), "security", "none"));
    wish.putAll(more);
    return wish;
  }

  @Test
  void aMailThatIsTooLargeIsATicketWithANoteAndStaysInTheMailbox() { // P-36
    var company = Company.founded(operator);
    connected(company, provider.wish(SUPPORT, "afterImport", "delete"));
    var large = new String(mail("Large"), StandardCharsets.UTF_8) + "x".repeat(998).concat("\r\n").repeat(54_000);
    provider.arrives(SUPPORT, large.getBytes(StandardCharsets.UTF_8));
    provider.arrives(SUPPORT, mail("Small"));

    assertThat(company.tickets(2).getList("items.subject")).containsExactlyInAnyOrder("Large", "Small");
    var ticket = company.get("/tickets").getString("items.find { it.subject == 'Large' }.id");
    assertThat(company.messages(ticket, 1).getString("items[0].text")).contains("more than is taken");
    eventually(() -> provider.mails(SUPPORT, "INBOX", 0), mails -> mails.size() == 1);
  }
}
