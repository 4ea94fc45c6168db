package dev.posthorn.triage;

import static dev.posthorn.triage.Situation.joins;
import static dev.posthorn.triage.Situation.starts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.intake.Explanation.Finding;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The order of evidence, without a database.
class PlacingTest {
  private final Situation here = new Situation();

  @Test
  void aSignedReplyAddressIsStrongerThanReferences() { // P-18
    var signed = here.ticket("anna@x.example");
    var referred = here.ticket("anna@x.example");
    here.known("a@x", referred, true);

    assertThat(here.place(here.from("anna@x.example").references("a@x").signed(signed.number))).isEqualTo(joins(signed, "reply-address"));
  }

  @Test
  void aSignedReplyAddressLetsStrangersIn() { // P-18, P-23
    var signed = here.ticket("anna@x.example");

    assertThat(here.place(here.from("colleague@x.example").signed(signed.number))).isEqualTo(joins(signed, "reply-address"));
  }

  @Test
  void referencesAreStrongerThanTheConversation() {
    var referred = here.ticket("anna@x.example");
    var conversation = here.ticket("anna@x.example");
    here.known("a@x", referred, true);
    here.inConversation("thread-index:01", conversation);

    assertThat(here.place(here.from("anna@x.example").references("a@x").conversation("01"))).isEqualTo(joins(referred, "references"));
  }

  @Test
  void theConversationOfOutlookJoinsWhoeverTakesPart() {
    var ticket = here.ticket("anna@x.example");
    here.inConversation("thread-index:01", ticket);

    assertThat(here.place(here.from("anna@x.example").conversation("01"))).isEqualTo(joins(ticket, "conversation"));
    assertThat(here.place(here.from("mallory@y.example").conversation("01"))).isEqualTo(starts("new"));
    assertThat(here.place(here.from("anna@x.example").conversation("02"))).isEqualTo(starts("new"));
  }

  @Test
  void anAnswerInAConversationOfTheProviderJoinsWhoeverTakesPart() { // P-17
    var ticket = here.ticket("anna@x.example");
    var referred = here.ticket("anna@x.example");
    here.inConversation("mailbox 17", ticket);
    here.known("a@x", referred, false);

    assertThat(here.place(here.from("anna@x.example").subject("Re: Tap").atProvider("mailbox 17"))).isEqualTo(joins(ticket, "provider-conversation"));
    assertThat(here.place(here.from("anna@x.example").references("colleague@x").atProvider("mailbox 17"))).isEqualTo(joins(ticket, "provider-conversation"));
    assertThat(here.place(here.from("anna@x.example").references("a@x").atProvider("mailbox 17"))).isEqualTo(joins(referred, "known-reference"));
    assertThat(here.place(here.from("mallory@y.example").subject("Re: Tap").atProvider("mailbox 17"))).isEqualTo(starts("new"));
  }

  @Test
  void aMailThatAnswersNothingIsANewTicketWhateverTheProviderThinks() {
    here.inConversation("mailbox 17", here.ticket("anna@x.example"));

    assertThat(here.place(here.from("anna@x.example").subject("Invoice").atProvider("mailbox 17"))).isEqualTo(starts("new"));
  }

  @Test
  void anIdThatAKnownMessageRefersToJoins() { // P-17, P-21
    var ticket = here.ticket("anna@x.example");
    here.known("colleague@x", ticket, false);

    assertThat(here.place(here.from("anna@x.example").references("colleague@x"))).isEqualTo(joins(ticket, "known-reference"));
    assertThat(here.place(here.from("mallory@y.example").references("colleague@x"))).isEqualTo(starts("new"));
  }

  @Test
  void aMailSlowerThanItsAnswerJoinsTheAnswersTicket() { // P-17
    var ticket = here.ticket("anna@x.example");
    here.known("slow@x", ticket, false);

    assertThat(here.place(here.from("anna@x.example").id("slow@x"))).isEqualTo(joins(ticket, "answered-before"));
  }

  @Test
  void theTagInTheSubjectJoinsOnlyWhoTakesPart() { // P-23
    var ticket = here.ticket("anna@x.example");
    here.evidence.decide(new Policies(Optional.of("ACME"), Optional.empty(), false, false));

    assertThat(here.place(here.from("anna@x.example").subject("Re: Tap [ACME#" + ticket.number + "]"))).isEqualTo(joins(ticket, "subject-tag"));
    assertThat(here.place(here.from("mallory@y.example").subject("Re: Tap [acme#" + ticket.number + "]"))).isEqualTo(starts("new"));
    assertThat(here.place(here.from("anna@x.example").subject("Re: Tap [OTHER#" + ticket.number + "]"))).isEqualTo(starts("new"));
    here.evidence.decide(Policies.NONE);
    assertThat(here.place(here.from("anna@x.example").subject("Re: Tap [ACME#" + ticket.number + "]"))).isEqualTo(starts("new"));
  }

  @Test
  void theOpenTicketIsTheLastThing() { // EH-30
    var open = here.ticket("anna@x.example");
    var referred = here.ticket("anna@x.example");
    here.evidence.addOpen("anna@x.example", here.team.id, open.id);
    here.known("a@x", referred, true);

    assertThat(here.place(here.from("anna@x.example"))).isEqualTo(starts("new"));
    here.team.joinOpenTicket = true;
    assertThat(here.place(here.from("anna@x.example"))).isEqualTo(joins(open, "open-ticket"));
    assertThat(here.place(here.from("anna@x.example").references("a@x"))).isEqualTo(joins(referred, "references"));
    assertThat(here.place(here.from("bob@x.example"))).isEqualTo(starts("new"));
  }

  @Test
  void aStrangerWhoNamesATicketIsLinkedNotJoined() { // P-23
    var ticket = here.ticket("anna@x.example");
    here.known("a@x", ticket, true);

    var verdict = Placing.place(here.from("mallory@y.example").references("a@x").reading(), here.evidence);

    assertThat(verdict.placement()).isEqualTo(new Placement.Starts(Optional.of(ticket.id), Optional.empty(), Optional.empty(), "linked-not-joined"));
    assertThat(verdict.findings()).contains(new Finding("references", Finding.IGNORED, "sender-takes-no-part", ticket.id));
  }

  @Test
  void anotherTeamsTicketIsNotJoined() { // P-14
    var ticket = here.ticket("anna@x.example");
    ticket.teamId = UUID.randomUUID();
    ticket.inboundChannelId = UUID.randomUUID();
    here.known("a@x", ticket, true);

    var verdict = Placing.place(here.from("anna@x.example").references("a@x").reading(), here.evidence);

    assertThat(verdict.placement()).isInstanceOf(Placement.Starts.class);
    assertThat(verdict.findings()).contains(new Finding("references", Finding.IGNORED, "another-team", ticket.id));
  }

  @Test
  void whatAnswersAMergedTicketLandsWhereItGoesOn() { // P-26
    var first = here.ticket("anna@x.example");
    var second = here.ticket("bob@x.example");
    var third = here.ticket("carl@x.example");
    first.mergedIntoId = second.id;
    second.mergedIntoId = third.id;
    here.evidence.addParticipants(third.id, Set.of("anna@x.example"));
    here.known("a@x", first, true);

    assertThat(here.place(here.from("anna@x.example").references("a@x"))).isEqualTo(joins(third, "references"));
    assertThat(here.place(here.from("stranger@y.example").signed(first.number))).isEqualTo(joins(third, "reply-address"));
    assertThat(here.place(here.from("stranger@y.example").references("a@x"))).isInstanceOf(Placement.Starts.class);
  }

  @Test
  void ourOwnMailIsAnEchoAndTheSameMailIsFiledOnce() { // P-13, P-35
    var ticket = here.ticket("anna@x.example");
    here.evidence.add("ours@x", new Evidence.KnownMessage(ticket.id, new UUID(0, 1), true, "desk@acme.example", "Re: Tap"));
    here.evidence.add("theirs@x", new Evidence.KnownMessage(ticket.id, new UUID(0, 2), false, "anna@x.example", "Tap"));

    assertThat(here.place(here.from("anna@x.example").id("ours@x"))).isEqualTo(new Placement.OwnEcho(ticket.id, new UUID(0, 1)));
    assertThat(here.place(here.from("anna@x.example").id("theirs@x"))).isEqualTo(new Placement.AlreadyFiled(ticket.id, new UUID(0, 2)));
    assertThat(here.place(here.from("anna@x.example").id("theirs@x").subject("Another"))).isEqualTo(starts("new"));
  }

  @Test
  void whatWasLookedAtIsSaidInOrder() {
    var ticket = here.ticket("anna@x.example");
    here.known("a@x", ticket, false);
    here.evidence.decide(new Policies(Optional.of("ACME"), Optional.empty(), false, false));
    here.team.joinOpenTicket = true;

    assertThat(Placing.place(here.from("anna@x.example").references("a@x").reading(), here.evidence).findings()).containsExactly(
        new Finding("reply-address", Finding.ABSENT, null, null), new Finding("references", Finding.ABSENT, null, null),
        new Finding("conversation", Finding.ABSENT, null, null), new Finding("known-reference", Finding.HELD, null, ticket.id));
    assertThat(Placing.place(here.from("bob@x.example").reading(), here.evidence).findings()).extracting(Finding::evidence).containsExactly(
        "reply-address", "references", "conversation", "known-reference", "answered-before", "subject-tag", "open-ticket");
  }
}
