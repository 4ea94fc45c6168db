package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.ThreadIndex;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a reply says, to whom, and how it threads: read back from the bytes that leave.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class ReplyTest {
  private final Desk desk = new Desk();

  @Test
  void anyMembersReplyComesFromTheTeam() { // EH-02, EH-22, OD-20
    desk.in(() -> Desk.bean(Teams.class).<Team>findById(desk.lodger.teamId()).displayName = "Acme Hilfe & Support");
    var ticket = desk.ticket();
    var member = desk.key(Role.AGENT, desk.agent("ada", Role.AGENT, desk.inbox()));

    var answer = desk.reply(member, ticket, Map.of("text", "It works again.")).statusCode(202)
        .header("Location", endsWith("/api/v1/messages/" + newest(ticket)))
        .body("direction", equalTo("outbound")).body("channel", equalTo("email"))
        .body("notLatest", equalTo(false)).body("receivedAt", nullValue()).extract().jsonPath();

    var mail = desk.sent(answer.getUUID("id"));
    assertThat(mail.from()).hasValue(new Address("Acme Hilfe & Support", desk.lodger.address()));
    assertThat(mail.to()).containsExactly(new Address("Anna Example", "anna@customer.example"));
    assertThat(mail.text()).isEqualTo("It works again.");
    assertThat(answer.getString("from.name")).isEqualTo("Acme Hilfe & Support");
    assertThat(answer.getString("from.address")).isEqualTo(desk.lodger.address());
    assertThat(desk.get("/messages/{id}", answer.getString("id")).getMap("")).containsEntry("text", "It works again.");
  }

  @Test
  void aReplyThreadsInTheCustomersClient() { // P-19, P-55
    var first = desk.arrives(desk.from("anna@customer.example").id("two@customer.example").subject("Heating")
        .header("References", "<zero@customer.example> <one@customer.example>"));

    var reply = desk.reply(first.ticketId, Map.of("text", "Done.")).statusCode(202).extract().jsonPath();

    var mail = desk.sent(reply.getUUID("id"));
    assertThat(mail.subject()).isEqualTo("Re: Heating");
    assertThat(mail.inReplyTo()).containsExactly(new MessageId("two@customer.example"));
    assertThat(mail.references()).extracting(MessageId::value)
        .containsExactly("zero@customer.example", "one@customer.example", "two@customer.example");
    assertThat(mail.messageId()).hasValue(new MessageId(reply.getString("messageId")));
    assertThat(reply.getString("messageId")).endsWith("@in.posthorn.example");
    assertThat(reply.getList("references")).containsExactly("zero@customer.example", "one@customer.example", "two@customer.example");
  }

  @Test
  void aReplyThreadsInOutlookToo() { // P-19
    var root = "AQHZ1234567890abcdefghijklmnop"; // 22 bytes in base64
    var ticket = desk.arrives(desk.from("anna@customer.example").header("Thread-Index", root + "AAAAAAA=")).ticketId;

    var first = desk.reply(ticket, Map.of("text", "Done.")).statusCode(202).extract().jsonPath().getUUID("id");
    var second = desk.reply(ticket, Map.of("text", "Really.", "inReplyToMessageId", first)).statusCode(202).extract().jsonPath().getUUID("id");

    var index = desk.sent(first).threadIndex().orElseThrow();
    assertThat(index).isEqualTo(ThreadIndex.parse(root + "AAAAAAA=").orElseThrow().answer());
    assertThat(desk.sent(second).threadIndex()).contains(index.answer());
  }

  @Test
  void theAnswerToTheSignedAddressJoinsWhateverItsHeadersSay() { // P-18, OD-03
    var ticket = desk.ticket();
    var mail = desk.sent(desk.reply(ticket, Map.of("text", "Done.")).statusCode(202).extract().jsonPath().getUUID("id"));
    assertThat(mail.replyTo()).hasSize(1);
    var signed = mail.replyTo().getFirst().address();
    assertThat(signed).startsWith(desk.lodger.address().replaceFirst("@.*", "+r"));

    var answer = desk.house.settled(desk.lodger, desk.house.bring(desk.lodger,
        desk.from("anna.private@elsewhere.example").to(signed).subject("Something else").bytes(), signed));

    assertThat(answer.ticketId).isEqualTo(ticket);
    assertThat(answer.reason).isEqualTo("reply-address");
  }

  @Test
  void ourOwnMailThatComesBackIsAnEcho() { // P-35
    var ticket = desk.ticket();
    var reply = desk.reply(ticket, Map.of("text", "Done.")).statusCode(202).extract().jsonPath().getUUID("id");

    var again = desk.house.filed(desk.lodger, desk.raw(reply));

    assertThat(again.state).isEqualTo("echo");
    assertThat(again.messageId).isEqualTo(reply);
    assertThat(desk.get("/tickets/{id}/messages?count=true", ticket).getInt("total")).isEqualTo(2);
    assertThat(desk.get("/tickets?count=true").getInt("total")).isEqualTo(1);
  }

  @Test
  void theReferencesOfALongConversationAreTrimmed() { // P-20
    var ids = IntStream.range(0, 300).mapToObj(i -> "<" + "x".repeat(40) + i + "@customer.example>").toList();
    var ticket = desk.arrives(desk.from("anna@customer.example").header("References", String.join("\n ", ids))).ticketId;

    var id = desk.reply(ticket, Map.of("text", "Done.")).statusCode(202).extract().jsonPath().getUUID("id");

    var references = desk.sent(id).references();
    assertThat(references).hasSizeLessThan(300).hasSizeGreaterThan(10);
    assertThat(references.getFirst().value()).isEqualTo(ids.getFirst().replaceAll("[<>]", ""));
    assertThat(references.subList(references.size() - 3, references.size() - 1)).extracting(ref -> "<" + ref.value() + ">")
        .containsExactlyElementsOf(ids.subList(298, 300));
    assertThat(new String(desk.raw(id), StandardCharsets.UTF_8).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(998));
  }

  @Test
  void copiesAreSeenByAllAndBlindCopiesByAgentsAlone() { // EH-08, EH-09, EH-11, WX-15, P-49
    var ticket = desk.ticket();

    var reply = desk.reply(ticket, Map.of("text", "Done.",
        "cc", List.of(Map.of("name", "Bob", "address", "bob@customer.example"), Map.of("address", "carl@customer.example")),
        "bcc", List.of(Map.of("name", "Dora Secret", "address", "dora@hidden.example"), Map.of("address", "emil@hidden.example"))))
        .statusCode(202)
        .body("cc.address", contains("bob@customer.example", "carl@customer.example"))
        .body("bcc.address", contains("dora@hidden.example", "emil@hidden.example"))
        .body("delivery.recipients.address", containsInAnyOrder("anna@customer.example", "bob@customer.example", "carl@customer.example",
            "dora@hidden.example", "emil@hidden.example"))
        .extract().jsonPath();

    var id = reply.getUUID("id");
    assertThat(desk.sent(id).cc()).extracting(Address::address).containsExactly("bob@customer.example", "carl@customer.example");
    assertThat(new String(desk.raw(id), StandardCharsets.UTF_8)).doesNotContainIgnoringCase("bcc").doesNotContain("hidden.example", "Dora");
    List<Map<String, String>> participants = desk.get("/tickets/{id}", ticket).getList("participants");
    assertThat(participants).extracting(one -> one.get("address") + " " + one.get("role")).containsExactlyInAnyOrder(
        "anna@customer.example requester", "bob@customer.example participant", "carl@customer.example participant",
        "dora@hidden.example hidden", "emil@hidden.example hidden");
    assertThat(desk.get("/messages/{id}", id).getList("bcc.name")).containsExactly("Dora Secret", "");
  }

  @Test
  void theBlindCopiedPersonsAnswerLandsInTheTicket() { // EH-11
    var ticket = desk.ticket();
    var reply = desk.reply(ticket, Map.of("text", "Done.", "bcc", List.of(Map.of("address", "dora@hidden.example")))).statusCode(202)
        .extract().jsonPath();

    var answer = desk.arrives(desk.from("Dora <dora@hidden.example>").header("In-Reply-To", "<" + reply.getString("messageId") + ">"));

    assertThat(answer.ticketId).isEqualTo(ticket);
    assertThat(desk.get("/messages/{id}", answer.messageId).getString("from.name")).isEqualTo("Dora");
  }

  @Test
  void replyAllLeavesOutEveryAddressOfOurOwn() { // P-45, WX-14
    var old = desk.lodger.address();
    var other = desk.in(() -> Desk.bean(ForwardingAddresses.class).issueLike(desk.lodger.teamId(), "old").address);
    var ticket = desk.arrives(desk.from("anna@customer.example").to("Support <" + old.toUpperCase() + ">, bob@customer.example")
        .header("Cc", other + ", " + old.replace("@", "+sales@") + ", Carl <carl@customer.example>, ANNA@customer.example")).ticketId;

    desk.reply(ticket, Map.of("text", "Done.", "replyAll", true)).statusCode(202)
        .body("to.address", contains("anna@customer.example"))
        .body("cc.address", contains("bob@customer.example", "carl@customer.example"))
        .body("cc.name", contains("", "Carl"));
    desk.reply(ticket, Map.of("text", "Done.")).statusCode(202).body("cc", equalTo(List.of()));
  }

  @Test
  void theAnswerGoesWhereTheSenderWantsIt() {
    var ticket = desk.arrives(desk.from("noreply@shop.example").header("Reply-To", "Orders <orders@shop.example>")).ticketId;

    desk.reply(ticket, Map.of("text", "Done.")).statusCode(202).body("to.address", contains("orders@shop.example"));
  }

  @Test
  void theCallingAgentsSignatureStandsUnderTheReplyAndNoOthers() { // EH-15, EH-16
    var ticket = desk.ticket();
    var ada = desk.agent("ada", Role.AGENT, desk.inbox());
    var bob = desk.agent("bob", Role.AGENT, desk.inbox());
    desk.signature(ada, "<p>Ada <b>Lovelace</b></p>");
    desk.signature(bob, "<p>Bob Other</p>");
    Desk.as(desk.admin).contentType("application/json").body(Map.of("agentId", bob)).put("/api/v1/tickets/{id}/assignee", ticket).then().statusCode(200);

    var html = desk.sent(id(desk.reply(desk.key(Role.AGENT, ada), ticket, Map.of("html", "<p>Done.</p>")).statusCode(202)));
    var text = desk.sent(id(desk.reply(desk.key(Role.AGENT, ada), ticket, Map.of("text", "Done.")).statusCode(202)));
    var admin = desk.sent(id(desk.reply(ticket, Map.of("text", "Done.")).statusCode(202)));

    assertThat(html.html().orElseThrow()).contains("<p>Done.</p>", "Ada <b>Lovelace</b>").doesNotContain("Bob");
    assertThat(html.text()).contains("Done.", "Ada Lovelace");
    assertThat(text.text()).isEqualTo("Done.\n\n-- \nAda Lovelace");
    assertThat(admin.text()).isEqualTo("Done.");
  }

  @Test
  void aReplyToAnOlderMessageSaysSo() { // WX-11, WX-12
    var first = desk.arrives(desk.from("anna@customer.example").id("a1@customer.example"));
    var second = desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<a1@customer.example>").body("More."));
    assertThat(second.ticketId).isEqualTo(first.ticketId);

    desk.reply(first.ticketId, Map.of("text", "Done.", "inReplyToMessageId", first.messageId, "strict", true)).statusCode(409)
        .body("type", equalTo("/problems/not-latest"));
    desk.reply(first.ticketId, Map.of("text", "Done.", "inReplyToMessageId", first.messageId)).statusCode(202)
        .body("notLatest", equalTo(true)).body("newestMessageId", equalTo(second.messageId.toString()))
        .body("inReplyTo", contains("a1@customer.example"));
    var own = newest(first.ticketId);
    desk.reply(first.ticketId, Map.of("text", "Done.", "inReplyToMessageId", own, "strict", true)).statusCode(202)
        .body("notLatest", equalTo(false)).body("to.address", contains("anna@customer.example"));
  }

  @Test
  void aReplyAnswersTheTicket() {
    var ticket = desk.ticket();

    desk.reply(ticket, Map.of("text", "Done.")).statusCode(202);
    assertThat(desk.get("/tickets/{id}", ticket).getMap("")).containsEntry("unanswered", false).containsEntry("status", "open");
    desk.reply(ticket, Map.of("text", "Done.", "status", "solved")).statusCode(202);
    assertThat(desk.get("/tickets/{id}", ticket).getString("status")).isEqualTo("solved");
  }

  @Test
  void theSameRequestSentTwiceIsOneMail() {
    var ticket = desk.ticket();
    var body = Map.of("text", "Once.");

    var ids = IntStream.range(0, 2).mapToObj(_ -> Desk.as(desk.admin).header("Idempotency-Key", "once").contentType("application/json").body(body)
        .post("/api/v1/tickets/{id}/replies", ticket).then().statusCode(202).extract().jsonPath().getUUID("id")).toList();

    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(desk.get("/tickets/{id}/messages?count=true", ticket).getInt("total")).isEqualTo(2);
  }

  @Test
  void deliveryTellsWhoHasIt() { // EH-04
    var ticket = desk.ticket();
    var id = id(desk.reply(ticket, Map.of("text", "Done.", "cc", List.of(Map.of("address", "bob@customer.example")))).statusCode(202));

    var sent = settled(id, "sent");

    assertThat(sent.getInt("delivery.attempts")).isEqualTo(1);
    assertThat(sent.getString("delivery.sentAt")).isNotNull().isEqualTo(sent.getString("sentAt"));
    assertThat(sent.getString("delivery.lastError")).isNull();
    assertThat(sent.getBoolean("delivery.doubtful")).isFalse();
    assertThat(sent.getList("delivery.recipients.address")).containsExactly("anna@customer.example", "bob@customer.example");
    assertThat(sent.getList("delivery.recipients.state")).containsOnly("sent");
    assertThat(sent.getString("delivery.recipients[0].serverWords")).startsWith("250");
  }

  @Test
  void aReplyThatDidNotArriveIsSeen() { // P-32
    var ticket = desk.ticket();
    // The customers' server does not know RFC 6531, and this address needs it.
    var id = id(desk.reply(ticket, Map.of("text", "Done.", "status", "waiting", "to", List.of(Map.of("address", "grün@customer.example")))).statusCode(202));

    var failed = settled(id, "failed");

    assertThat(failed.getInt("delivery.attempts")).isEqualTo(1);
    assertThat(failed.getString("delivery.lastError")).isNotBlank();
    assertThat(failed.getString("delivery.recipients[0].state")).isEqualTo("failed");
    assertThat(failed.getString("delivery.recipients[0].serverWords")).isNotBlank();
    assertThat(failed.getMap("")).containsEntry("sentAt", null);
    assertThat(desk.get("/tickets/{id}", ticket).getString("status")).isEqualTo("open");
    assertThat(desk.get("/tickets/{id}/timeline", ticket).getList("items.event.kind")).contains("message.failed");
  }

  private JsonPath settled(UUID message, String state) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> desk.get("/messages/{id}", message), view -> view.getString("delivery.state").equals(state));
  }

  private static UUID id(ValidatableResponse response) {
    return response.extract().jsonPath().getUUID("id");
  }

  private String newest(UUID ticket) {
    JsonPath messages = desk.get("/tickets/{id}/messages", ticket);
    return messages.getString("items[-1].id");
  }
}
