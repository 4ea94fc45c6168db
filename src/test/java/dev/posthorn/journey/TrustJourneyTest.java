package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.DkimKey;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TinyDns;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who is believed, from the wire to the ticket: real SMTP, real signatures, a name server of the test's own.
@QuarkusTest
@TestProfile(TrustJourneyTest.WithDns.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class TrustJourneyTest {
  private static final DkimKey BANK = DkimKey.shared("bank.example");

  /// The name server lives as long as the application that asks it.
  public static final class WithDns implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      var dns = new TinyDns()
          .txt("bank.example", "v=spf1 ip4:198.51.100.0/24 -all").txt(BANK.name(), BANK.record()).txt("_dmarc.bank.example", "v=DMARC1; p=reject")
          .txt("here.example", "v=spf1 ip4:127.0.0.1 -all").txt("_dmarc.here.example", "v=DMARC1; p=none")
          .silentAbout("silent.example").silentAbout("_dmarc.silent.example");
      return Map.of("posthorn.trust.enabled", "true", "posthorn.trust.dns-servers", dns.address(), "posthorn.trust.dns-timeout", "2s",
          "posthorn.trust.budget", "8s");
    }
  }

  private Company company;

  /// The message that the mail became.
  private JsonPath arrived(String returnPath, byte[] mail) throws IOException {
    int before = company.get("/inbound-mails?count=true").getInt("total");
    assertThat(new Customer(returnPath).sends(Company.smtpPort(), mail, company.address)).startsWith("250 ");
    var row = await().atMost(Duration.ofSeconds(30)).until(() -> company.get("/inbound-mails?count=true"),
        list -> list.getInt("total") > before && !list.getString("items[0].state").equals("pending"));
    return company.get("/messages/" + row.getString("items[0].messageId"));
  }

  private SampleMail from(String sender) {
    return SampleMail.from(sender).to(company.address).subject("Account");
  }

  private Company founded() {
    company = Company.founded(Company.OPERATOR);
    company.asAdmin().contentType("application/merge-patch+json").body(Map.of("autoConfirm", true)).patch("/api/v1/teams/" + company.team).then().statusCode(200);
    return company;
  }

  private List<String> kinds(JsonPath message) {
    return company.get("/tickets/" + message.getString("ticketId") + "/timeline").getList("items.event.kind", String.class);
  }

  @Test
  void aSignedMailIsVerifiedAndConfirmed() throws IOException { // AT-04
    founded();

    var message = arrived("anna@bank.example", BANK.sign(from("anna@bank.example").bytes()));

    assertThat(message.getMap("authentication")).containsEntry("spf", "fail").containsEntry("dkim", "pass").containsEntry("dmarc", "pass")
        .containsEntry("arc", "none").containsEntry("senderVerified", true).containsEntry("by", "posthorn").containsEntry("dmarcPolicy", "reject");
    assertThat(kinds(message)).contains("ticket.confirmed");
  }

  @Test
  void aMailFromAHostOfTheDomainIsVerified() throws IOException {
    founded();

    var message = arrived("anna@here.example", from("anna@here.example").bytes());

    assertThat(message.getMap("authentication")).containsEntry("spf", "pass").containsEntry("spfDomain", "here.example").containsEntry("senderVerified", true);
  }

  @Test
  void aForgedMailIsATicketThatIsNotAnswered() throws IOException { // P-56, AT-04
    founded();

    var message = arrived("ceo@bank.example", from("ceo@bank.example").bytes());

    assertThat(message.getMap("authentication")).containsEntry("dmarc", "fail").containsEntry("senderVerified", false);
    assertThat(kinds(message)).contains("ticket.opened").doesNotContain("ticket.confirmed");
    assertThat(company.get("/messages/" + message.getString("id") + "/explanation").getList("notes.code")).contains("forged-sender");
  }

  @Test
  void aForgedParticipantReadsNothingAndJoinsNothing() throws IOException { // P-23, P-56
    founded();
    var first = arrived("anna@bank.example", BANK.sign(from("anna@bank.example").id("first@bank.example").bytes()));

    var forged = arrived("me@elsewhere.example", from("anna@bank.example").header("In-Reply-To", "<first@bank.example>").bytes());
    var real = arrived("anna@bank.example", BANK.sign(from("anna@bank.example").header("In-Reply-To", "<first@bank.example>").bytes()));

    assertThat(forged.getString("ticketId")).isNotEqualTo(first.getString("ticketId"));
    assertThat(forged.getString("placedBy")).isEqualTo("linked-not-joined");
    assertThat(real.getString("ticketId")).isEqualTo(first.getString("ticketId"));
  }

  @Test
  void aSpoofedAgentIsNoAgent() throws IOException { // P-48, P-56
    founded();
    company.post("/agents", Map.of("name", "Aida", "email", "aida@bank.example", "role", "agent"), 201);
    var forward = from("aida@bank.example").subject("Fwd: Tap")
        .body("---------- Forwarded message ---------\nFrom: Anna <anna@customer.example>\nSubject: Tap\nTo: <aida@bank.example>\n\nIt drips.");

    var spoofed = arrived("aida@bank.example", forward.bytes());
    var real = arrived("aida@bank.example", BANK.sign(forward.id("real@bank.example").bytes()));

    assertThat(company.get("/tickets/" + spoofed.getString("ticketId")).getString("requester.email")).isEqualTo("aida@bank.example");
    assertThat(company.get("/tickets/" + real.getString("ticketId")).getString("requester.email")).isEqualTo("anna@customer.example");
  }

  @Test
  void aSilentDnsLosesNoMail() throws IOException {
    founded();

    var message = arrived("anna@silent.example", from("anna@silent.example").bytes());

    assertThat(message.getMap("authentication")).containsEntry("spf", "temperror").containsEntry("dmarc", "temperror").containsEntry("senderVerified", false);
    assertThat(message.getString("placedBy")).isEqualTo("new");
  }
}
