package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Attachment;
import dev.posthorn.mail.Sha256;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/// Messages that are passed on: read back from the bytes that leave.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class ForwardTest {
  private static final List<Map<String, String>> EXPERT = List.of(Map.of("address", "expert@elsewhere.example"));

  private final Desk desk = new Desk();

  private ValidatableResponse forward(UUID ticket, Map<String, ?> body) {
    return Desk.as(desk.admin).contentType(ContentType.JSON).body(body).post("/api/v1/tickets/{id}/forwards", ticket).then();
  }

  /// With a file, and an image that its HTML shows and one that it does not (P-43).
  private UUID ticket() {
    return desk.arrives(desk.from("Anna <anna@customer.example>").subject("Heating").header("MIME-Version", "1.0")
        .header("Content-Type", "multipart/related; boundary=b").body("""
            --b
            Content-Type: text/html

            <p>It is <b>cold</b>. <img src="cid:shown@customer.example"></p>
            --b
            Content-Type: image/png
            Content-ID: <shown@customer.example>

            shown
            --b
            Content-Type: image/png; name=hidden.png
            Content-ID: <hidden@customer.example>

            hidden
            --b
            Content-Type: text/csv; name=data.csv

            a,b
            --b--
            """)).ticketId;
  }

  @Test
  void aMessageIsPassedOnWithAllOfItsFiles() { // WX-14, P-43
    var ticket = ticket();

    var sent = forward(ticket, Map.of("to", EXPERT, "html", "<p>Please look.</p>")).statusCode(202).extract().jsonPath();

    var mail = desk.sent(sent.getUUID("id"));
    assertThat(mail.subject()).isEqualTo("Fwd: Heating");
    assertThat(mail.to()).containsExactly(new Address("", "expert@elsewhere.example"));
    assertThat(mail.html().orElseThrow()).contains("Please look.", "Forwarded message", "Anna &lt;anna", "<b>cold</b>");
    assertThat(mail.text()).contains("Please look.", "Anna <anna@customer.example>", "It is cold");
    assertThat(mail.attachments()).extracting(Attachment::sha256).containsExactlyInAnyOrder(digest("shown"), digest("hidden"), digest("a,b"));
    assertThat(mail.attachments()).filteredOn(Attachment::inline).extracting(file -> file.contentId().orElseThrow()).containsExactly("shown@customer.example");
    assertThat(sent.getUUID("forwardOfId")).isEqualTo(desk.get("/tickets/{id}/messages", ticket).getUUID("items[0].id"));
  }

  private static Sha256 digest(String text) {
    return Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itAnswersNobodyAndTheExpertsAnswerComesIntoTheTicket() { // WX-14
    var ticket = ticket();
    var sent = forward(ticket, Map.of("to", EXPERT, "text", "Please look.")).statusCode(202).extract().jsonPath();
    assertThat(desk.get("/tickets/{id}", ticket).getBoolean("unanswered")).isTrue();
    assertThat(desk.get("/tickets/{id}", ticket).getString("status")).isEqualTo("new");

    var answer = desk.arrives(desk.from("expert@elsewhere.example").subject("AW: Fwd: Heating").header("In-Reply-To", "<" + sent.getString("messageId") + ">"));

    assertThat(answer.ticketId).isEqualTo(ticket);
    assertThat(desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind")).contains("ticket.forwarded");
  }

  @Test
  void aPlainMessageWithoutAWordStaysPlainAndFilesMayStayBehind() {
    var ticket = desk.arrives(desk.from("Anna <anna@customer.example>").subject("Plain").header("MIME-Version", "1.0")
        .header("Content-Type", "multipart/mixed; boundary=b").body("--b\n\nIt is cold.\n--b\nContent-Type: text/csv; name=data.csv\n\na,b\n--b--\n")).ticketId;
    var file = desk.get("/tickets/{id}/messages", ticket).getString("items[0].attachments[0].id");

    var sent = forward(ticket, Map.of("to", EXPERT, "withoutAttachmentIds", List.of(file))).statusCode(202).extract().jsonPath().getUUID("id");

    var mail = desk.sent(sent);
    assertThat(mail.html()).isEmpty();
    assertThat(mail.text()).contains("Forwarded message", "It is cold.");
    assertThat(mail.attachments()).isEmpty();
  }

  @Test
  void whatCannotBePassedOnIsSaid() {
    var ticket = desk.ticket();
    forward(ticket, Map.of("text", "Hm.")).statusCode(422).body("errors[0].pointer", equalTo("/to"));
    forward(ticket, Map.of("to", List.of(Map.of("address", desk.lodger.address())))).statusCode(422).body("errors[0].pointer", equalTo("/to"));
    forward(ticket, Map.of("to", EXPERT, "messageId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/messageId"));
    forward(ticket, Map.of("to", EXPERT, "withoutAttachmentIds", List.of(UUID.randomUUID()))).statusCode(422)
        .body("errors[0].pointer", equalTo("/withoutAttachmentIds/0"));
    var other = desk.key(Role.AGENT, desk.agent("olga", Role.AGENT));
    Desk.as(other).contentType(ContentType.JSON).body(Map.of("to", EXPERT)).post("/api/v1/tickets/{id}/forwards", ticket).then().statusCode(404);
  }

  @Test
  void nothingIsPassedOnToAListedAddress() { // OD-25
    Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("pattern", "elsewhere.example")).post("/api/v1/suppressions").then().statusCode(201);
    var sent = forward(desk.ticket(), Map.of("to", EXPERT)).statusCode(202).extract().jsonPath().getUUID("id");

    await().atMost(Duration.ofSeconds(30))
        .until(() -> desk.get("/messages/{id}", sent).getString("delivery.state"), "suppressed"::equals);
  }
}
