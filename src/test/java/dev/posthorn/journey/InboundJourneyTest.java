package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.mail.Sha256;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// From the customer's mail program to the ticket in the API.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class InboundJourneyTest {
  private final String operator = Company.OPERATOR;

  private final Customer anna = new Customer("anna@customer.example");

  @Test
  void mailBySmtpIsTicketWithEverythingInIt() throws IOException { // AT-01, AT-11, OD-02, TH-32, TH-33, TH-34, EH-35
    var company = Company.founded(operator);
    var file = new byte[70_000];
    new Random(7).nextBytes(file);
    var picture = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    var mail = mixed(company.address, file, picture);

    assertThat(anna.sends(Company.smtpPort(), mail, company.address)).startsWith("250 ");

    var ticket = company.tickets(1);
    assertThat(ticket.getString("items[0].subject")).isEqualTo("Größe passt nicht");
    assertThat(ticket.getInt("items[0].number")).isEqualTo(1);
    assertThat(ticket.getString("items[0].status")).isEqualTo("new");
    assertThat(ticket.getString("items[0].requester.email")).isEqualTo("anna@customer.example");
    assertThat(ticket.getString("items[0].requester.name")).isEqualTo("Anna Müller");
    assertThat(ticket.getBoolean("items[0].unanswered")).isTrue();
    var message = company.messages(ticket.getString("items[0].id"), 1);
    assertThat(message.getString("items[0].text")).contains("Die Größe passt nicht.");
    assertThat(message.getString("items[0].html")).contains("cid:pic&#64;customer.example").doesNotContain("script");
    assertThat(message.getList("items[0].attachments.name")).containsExactlyInAnyOrder("rechnung.pdf", "pic.png");
    for (int index = 0; index < 2; index++) {
      var attachment = "items[0].attachments[" + index + "]";
      var bytes = company.asAdmin().get("/api/v1/attachments/" + message.getString(attachment + ".id")).then().statusCode(200).extract().asByteArray();
      assertThat(bytes).isEqualTo(message.getString(attachment + ".name").equals("pic.png") ? picture : file);
      assertThat(Sha256.digest(bytes).hex()).isEqualTo(message.getString(attachment + ".sha256"));
    }
    var raw = company.asAdmin().get("/api/v1/messages/" + message.getString("items[0].id") + "/raw").then().statusCode(200).extract().asByteArray();
    assertThat(raw).isEqualTo(concat(mail, "\r\n"));
    await().untilAsserted(() -> assertThat(company.get("/tickets?q=größe").getList("items.id")).containsExactly(ticket.getString("items[0].id")));
  }

  /// The client of this test ends DATA with a line of its own; what was sent is what is kept.
  private static byte[] concat(byte[] mail, String end) {
    return (new String(mail, StandardCharsets.ISO_8859_1) + end).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void oneTransactionReachesSeveralTenants() throws IOException {
    var one = Company.founded(operator);
    var two = Company.founded(operator);

    var answer = anna.sends(Company.smtpPort(), SampleMail.from("anna@customer.example").to(one.address).subject("Both").bytes(), one.address, two.address);

    assertThat(answer).startsWith("250 ");
    assertThat(one.tickets(1).getList("items.subject")).containsExactly("Both");
    assertThat(two.tickets(1).getList("items.subject")).containsExactly("Both");
  }

  @Test
  void unknownRecipientIsRefused() throws IOException {
    assertThat(anna.sends(Company.smtpPort(), SampleMail.from("anna@customer.example").bytes(), "nobody@in.posthorn.example")).startsWith("550 5.1.1");
  }

  @Test
  void detailAfterPlusOpensTheSameDoor() throws IOException {
    var company = Company.founded(operator);

    var answer = anna.sends(Company.smtpPort(), SampleMail.from("anna@customer.example").subject("Plus").bytes(),
        company.address.replace("@", "+newsletter@").toUpperCase(Locale.ROOT));

    assertThat(answer).startsWith("250 ");
    assertThat(company.tickets(1).getList("items.subject")).containsExactly("Plus");
  }

  @Test
  void mailForwardedFromTheCompanysOwnAddressIsTicket() throws IOException { // AT-09, EH-35, OD-12
    var company = Company.founded(operator);

    // As a forwarder sends it on: the header still names the company's own address.
    var answer = anna.sends(Company.smtpPort(), SampleMail.from("anna@customer.example").to("help@journey.example").subject("Forwarded").bytes(), company.address);

    assertThat(answer).startsWith("250 ");
    assertThat(company.tickets(1).getList("items.subject")).containsExactly("Forwarded");
    assertThat(company.get("/tickets").getString("items[0].requester.email")).isEqualTo("anna@customer.example");
  }

  @Test
  void oneMailToTwoTeamsIsATicketOfEach() throws IOException { // P-14
    var company = Company.founded(operator);
    var second = company.post("/teams", Map.of("name", "Parts"), 201).getString("id");
    var address = company.get("/teams/" + second + "/forwarding-addresses").getString("items[0].address");

    var answer = anna.sends(Company.smtpPort(), SampleMail.from("anna@customer.example").to(company.address + ", " + address).subject("Both").bytes(),
        company.address, address);

    assertThat(answer).startsWith("250 ");
    assertThat(company.tickets(2).getList("items.teamId")).containsExactlyInAnyOrder(company.team, second);
  }

  @Test
  void mailPushedByHttpIsTicket() {
    var company = Company.founded(operator);

    var row = company.pushed(SampleMail.from("anna@customer.example").to(company.address).subject("Pushed").bytes());

    assertThat(row.getString("state")).isEqualTo("ticketed");
    assertThat(company.get("/tickets/" + row.getString("ticketId")).getString("subject")).isEqualTo("Pushed");
  }

  @Test
  void sameBytesPushedTwiceAreOneMail() {
    var company = Company.founded(operator);
    var mail = SampleMail.from("anna@customer.example").to(company.address).subject("Once").bytes();
    var first = company.pushed(mail);

    var again = company.asAdmin().contentType("message/rfc822").body(mail).post("/api/v1/inbound-channels/" + company.channel + "/mails");

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.jsonPath().getString("outcome")).isEqualTo("duplicate");
    assertThat(again.jsonPath().getString("id")).isEqualTo(first.getString("id"));
    assertThat(company.get("/tickets").getList("items")).hasSize(1);
  }

  @Test
  void mailForTeamThatIsOffIsHeldAndFiledWhenItIsOn() throws IOException { // EH-01
    var company = Company.founded(operator);
    switchHub(company, false);

    assertThat(anna.sends(Company.smtpPort(), SampleMail.from("anna@customer.example").subject("Held").bytes(), company.address)).startsWith("250 ");
    await().until(() -> "email-hub-off".equals(company.get("/inbound-mails").getString("items[0].reason")));
    assertThat(company.get("/tickets").getList("items")).isEmpty();
    switchHub(company, true);

    assertThat(company.tickets(1).getList("items.subject")).containsExactly("Held");
  }

  private static void switchHub(Company company, boolean on) {
    company.asAdmin().contentType("application/merge-patch+json").body("{\"emailHubEnabled\":" + on + "}")
        .patch("/api/v1/teams/" + company.team).then().statusCode(200);
  }

  private static byte[] mixed(String to, byte[] file, byte[] picture) {
    var mime = Base64.getMimeEncoder();
    return """
        From: =?utf-8?Q?Anna_M=C3=BCller?= <anna@customer.example>
        To: %s
        Subject: =?iso-8859-1?Q?Gr=F6=DFe_passt_nicht?=
        Message-ID: <mixed-1@customer.example>
        Date: Sun, 22 Nov 2026 10:00:00 +0100
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=outer

        --outer
        Content-Type: multipart/related; boundary=inner

        --inner
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <p>Die Gr=C3=B6=C3=9Fe passt nicht.</p><img src=3D"cid:pic@customer.example"><script>alert(1)</script>
        --inner
        Content-Type: image/png; name=pic.png
        Content-ID: <pic@customer.example>
        Content-Disposition: inline; filename=pic.png
        Content-Transfer-Encoding: base64

        %s
        --inner--
        --outer
        Content-Type: application/pdf
        Content-Disposition: attachment; filename*=utf-8''rechnung.pdf
        Content-Transfer-Encoding: base64

        %s
        --outer--
        """.formatted(to, mime.encodeToString(picture), mime.encodeToString(file))
        .replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
