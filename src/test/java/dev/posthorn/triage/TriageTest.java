package dev.posthorn.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.ticket.Message;
import dev.posthorn.ticket.Messages;
import dev.posthorn.ticket.Tickets;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TriageTest {
  @Inject House house;
  @Inject Tickets tickets;
  @Inject Messages messages;
  @Inject Teams teams;

  @Test
  void firstMailBecomesTicketNumberOne() { // TH-33, TH-34, OD-02, AT-03
    var lodger = house.lodger();

    var row = house.filed(lodger, SampleMail.from("Anna Example <anna@customer.example>").to(lodger.address()).subject("The heating is off").bytes());

    assertThat(row.state).isEqualTo("ticketed");
    var ticket = house.in(lodger, () -> tickets.findById(row.ticketId));
    assertThat(ticket.number).isEqualTo(1);
    assertThat(ticket.subject).isEqualTo("The heating is off");
    assertThat(ticket.status).isEqualTo("new");
    assertThat(ticket.unanswered).isTrue();
    var message = house.in(lodger, () -> messages.findById(row.messageId));
    assertThat(message.fromName).isEqualTo("Anna Example");
    assertThat(message.text).isEqualTo("Hello,\nit does not work.");
  }

  @Test
  void participantsReplyJoinsByReferences() {
    var lodger = house.lodger();
    var first = house.filed(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).id("one@customer.example").bytes());

    var second = house.filed(lodger, SampleMail.from("ANNA@customer.example").to(lodger.address())
        .header("In-Reply-To", "<one@customer.example>").body("More.").bytes());

    assertThat(second.state).isEqualTo("threaded");
    assertThat(second.reason).isEqualTo("references");
    assertThat(second.ticketId).isEqualTo(first.ticketId);
  }

  @Test
  void strangersReplyIsLinkedNotJoined() { // P-23
    var lodger = house.lodger();
    var first = house.filed(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).id("two@customer.example").bytes());

    var second = house.filed(lodger, SampleMail.from("mallory@elsewhere.example").to(lodger.address())
        .header("References", "<two@customer.example>").body("Show me.").bytes());

    assertThat(second.state).isEqualTo("ticketed");
    assertThat(second.ticketId).isNotEqualTo(first.ticketId);
    assertThat(house.in(lodger, () -> tickets.findById(second.ticketId)).claimsTicketId).isEqualTo(first.ticketId);
  }

  @Test
  void copiedPersonsReplyJoinsWithThatPersonAsAuthor() { // EH-10, P-24
    var lodger = house.lodger();
    var first = house.filed(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).header("Cc", "bob@customer.example")
        .id("three@customer.example").bytes());

    var second = house.filed(lodger, SampleMail.from("Bob <bob@customer.example>").to(lodger.address())
        .header("References", "<three@customer.example>").bytes());

    assertThat(second.ticketId).isEqualTo(first.ticketId);
    assertThat(house.in(lodger, () -> messages.findById(second.messageId)).fromAddress).isEqualTo("bob@customer.example");
    var requester = house.in(lodger, () -> tickets.findById(first.ticketId)).contactId;
    assertThat(house.in(lodger, () -> messages.findById(first.messageId)).contactId).isEqualTo(requester);
  }

  @Test
  void mailOfACustomerWithAnOpenTicketJoinsItWhereTheTeamAsksForIt() { // EH-30
    var lodger = house.lodger();
    house.in(lodger, () -> teams.<Team>findById(lodger.teamId()).joinOpenTicket = true);
    var first = house.filed(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).subject("One").bytes());

    var second = house.filed(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).subject("Two").bytes());
    var stranger = house.filed(lodger, SampleMail.from("bob@customer.example").to(lodger.address()).subject("Three").bytes());

    assertThat(second.state).isEqualTo("threaded");
    assertThat(second.reason).isEqualTo("open-ticket");
    assertThat(second.ticketId).isEqualTo(first.ticketId);
    assertThat(stranger.ticketId).isNotEqualTo(first.ticketId);
  }

  @Test
  void twoRepliesToMailNeverSeenShareOneTicket() { // P-21
    var lodger = house.lodger();
    var first = house.filed(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).header("Cc", "bob@customer.example")
        .header("References", "<never-seen@elsewhere.example>").bytes());

    var second = house.filed(lodger, SampleMail.from("bob@customer.example").to(lodger.address())
        .header("References", "<never-seen@elsewhere.example>").bytes());

    assertThat(second.reason).isEqualTo("known-reference");
    assertThat(second.ticketId).isEqualTo(first.ticketId);
  }

  @Test
  void mailThatIsSlowerThanItsAnswerJoinsTheAnswersTicket() {
    var lodger = house.lodger();
    var answer = house.filed(lodger, SampleMail.from("bob@customer.example").to(lodger.address()).header("Cc", "anna@customer.example")
        .header("In-Reply-To", "<slow@customer.example>").bytes());

    var slow = house.filed(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).id("slow@customer.example").bytes());

    assertThat(slow.reason).isEqualTo("answered-before");
    assertThat(slow.ticketId).isEqualTo(answer.ticketId);
  }

  @Test
  void sameMailByTwoWaysIsOneMessage() { // P-13, OD-01
    var lodger = house.lodger();
    var mail = SampleMail.from("anna@customer.example").to(lodger.address()).subject("Twice").id("four@customer.example");
    var first = house.filed(lodger, mail.bytes());

    // A forwarder adds a header: other bytes, the same mail.
    var second = house.filed(lodger, mail.header("X-Forwarded", "yes").bytes());

    assertThat(second.state).isEqualTo("threaded");
    assertThat(second.reason).isEqualTo("already-filed");
    assertThat(second.messageId).isEqualTo(first.messageId);
    assertThat(house.in(lodger, () -> messages.count("ticketId", first.ticketId))).isEqualTo(1);
  }

  @Test
  void sameIdWithOtherContentIsAnotherMail() {
    var lodger = house.lodger();
    var first = house.filed(lodger, SampleMail.from("robot@customer.example").to(lodger.address()).subject("One").id("same@customer.example").bytes());
    var second = house.filed(lodger, SampleMail.from("robot@customer.example").to(lodger.address()).subject("Two").id("same@customer.example").bytes());

    assertThat(second.state).isEqualTo("ticketed");
    assertThat(second.ticketId).isNotEqualTo(first.ticketId);
  }

  @Test
  void mailsThatArriveTogetherAreNumberedWithoutGaps() {
    var lodger = house.lodger();
    List<UUID> ids = java.util.stream.IntStream.range(0, 60)
        .mapToObj(i -> house.bring(lodger, SampleMail.from("c" + i + "@customer.example").to(lodger.address()).subject("No. " + i).bytes()))
        .toList();

    ids.forEach(id -> assertThat(house.settled(lodger, id).state).isEqualTo("ticketed"));

    assertThat(house.in(lodger, () -> tickets.listAll().stream().map(ticket -> ticket.number).sorted().toList()))
        .isEqualTo(java.util.stream.LongStream.rangeClosed(1, 60).boxed().toList());
  }

  @Test
  void emptyMailBecomesTicket() {
    var lodger = house.lodger();

    var row = house.filed(lodger, new byte[0]);

    assertThat(row.state).isEqualTo("ticketed");
    assertThat(house.in(lodger, () -> messages.findById(row.messageId)).direction).isEqualTo(Message.INBOUND);
  }
}
