package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Replies that cannot be: each is refused with its reason, and nothing is written.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ReplyRefusalTest {
  private final Desk desk = new Desk();
  private final UUID ticket = desk.ticket();

  @AfterEach
  void nothingIsWritten() {
    assertThat(desk.get("/tickets/{id}/messages?count=true", ticket).getInt("total")).isEqualTo(1);
  }

  @Test
  void aClosedTicketIsNotAnsweredUntilItIsReopened() {
    Desk.as(desk.admin).put("/api/v1/tickets/{id}/closure", ticket).then().statusCode(200);

    desk.reply(ticket, Map.of("text", "Done.")).statusCode(409).body("type", equalTo("/problems/ticket-closed"));
  }

  @Test
  void aTeamThatIsSwitchedOffSendsNothing() { // EH-01
    desk.in(() -> Desk.bean(Teams.class).<Team>findById(desk.lodger.teamId()).emailHubEnabled = false);

    desk.reply(ticket, Map.of("text", "Done.")).statusCode(409).body("type", equalTo("/problems/email-hub-off"));
  }

  @Test
  void whoHasNoAddressCannotBeAnswered() { // EH-03
    var nobodys = desk.house.filedFromNobody(desk.lodger, desk.from("x").header("From", "nobody at all").bytes()).ticketId;

    desk.reply(nobodys, Map.of("text", "Done.")).statusCode(422).body("type", equalTo("/problems/contact-has-no-email"));
    desk.reply(nobodys, Map.of("text", "Done.", "to", List.of(Map.of("address", "anna@customer.example")))).statusCode(202);
  }

  @Test
  void ourOwnAddressesAloneAreNobodyToWriteTo() { // OD-29
    desk.reply(ticket, Map.of("text", "Done.", "to", List.of(Map.of("address", desk.lodger.address())))).statusCode(422)
        .body("errors.pointer", contains("/to"));
  }

  @Test
  void exactlyOneOfTextAndHtmlIsNeeded() {
    desk.reply(ticket, Map.of()).statusCode(400);
    desk.reply(ticket, Map.of("text", "a", "html", "b")).statusCode(400);
    desk.reply(ticket, Map.of("text", " \n")).statusCode(400).body("errors.pointer", contains("/text"));
    desk.reply(ticket, Map.of("html", "")).statusCode(400).body("errors.pointer", contains("/html"));
    Desk.as(desk.admin).contentType("application/json").post("/api/v1/tickets/{id}/replies", ticket).then().statusCode(400);
  }

  @Test
  void textHasALimit() {
    // At the limit of posthorn.ticket.max-text-length and under that of posthorn.web.max-json-bytes.
    desk.reply(ticket, Map.of("text", "x".repeat(1_000_001))).statusCode(400).body("errors.pointer", contains("/text"));
  }

  @Test
  void aNameIsOneLine() {
    for (var name : List.of("Anna\r\nBcc: eve@evil.example", "Anna\nX", "Anna\u0000")) {
      for (var field : List.of("to", "cc", "bcc")) {
        desk.reply(ticket, Map.of("text", "Done.", field, List.of(Map.of("name", name, "address", "anna@customer.example"))))
            .statusCode(400).body("errors.pointer", contains("/" + field + "/0/name"));
      }
    }
  }

  @Test
  void anAddressIsOneAddress() {
    for (var address : List.of("anna", "anna@", "a@x.example, b@x.example", "Anna <anna@customer.example>", "anna@customer.example\r\nBcc: eve@evil.example", "")) {
      desk.reply(ticket, Map.of("text", "Done.", "cc", List.of(Map.of("address", address)))).statusCode(400)
          .body("errors.pointer", contains("/cc/0/address"));
    }
  }

  @Test
  void thereIsNoSubject() {
    desk.reply(ticket, Map.of("text", "Done.", "subject", "a\r\nBcc: eve@evil.example")).statusCode(400)
        .body("errors.pointer", contains("/subject"));
  }

  @Test
  void recipientsHaveALimit() {
    desk.reply(ticket, Map.of("text", "Done.", "cc", Collections.nCopies(101, Map.of("address", "a@x.example")))).statusCode(422);
  }

  @Test
  void whatDoesNotExistIsNamed() {
    var known = desk.upload("a.txt", "text/plain", new byte[] {1});
    var foreign = new Desk().ticket();
    var unknown = UUID.randomUUID();

    desk.reply(ticket, Map.of("text", "Done.", "attachmentIds", List.of(known, unknown))).statusCode(422)
        .body("errors.pointer", contains("/attachmentIds/1"));
    desk.reply(ticket, Map.of("text", "Done.", "outboundChannelId", unknown)).statusCode(422).body("errors.pointer", contains("/outboundChannelId"));
    desk.reply(ticket, Map.of("text", "Done.", "inReplyToMessageId", unknown)).statusCode(422).body("errors.pointer", contains("/inReplyToMessageId"));
    desk.reply(ticket, Map.of("text", "Done.", "status", "asleep")).statusCode(422).body("errors.pointer", contains("/status"));
    desk.reply(ticket, Map.of("text", "Done.", "attachmentIds", List.of("one"))).statusCode(400).body("errors.pointer", contains("/attachmentIds/0"));
    desk.reply(unknown, Map.of("text", "Done.")).statusCode(404);
    desk.reply(foreign, Map.of("text", "Done.")).statusCode(404);
    desk.reply(desk.key(Role.AGENT, desk.agent("a", Role.AGENT)), ticket, Map.of("text", "Done.")).statusCode(404);
  }

  @Test
  void aMessageOfAnotherTicketIsNotAnswered() {
    var other = desk.arrives(desk.from("bob@customer.example"));

    desk.reply(ticket, Map.of("text", "Done.", "inReplyToMessageId", other.messageId)).statusCode(422)
        .body("errors.pointer", contains("/inReplyToMessageId"));
  }
}
