package dev.posthorn.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.intake.Explanation.Finding;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Classification;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.QuoteSplitter;
import dev.posthorn.mail.Sha256;
import dev.posthorn.mail.ThreadIndex;
import dev.posthorn.team.Team;
import dev.posthorn.ticket.Incoming;
import dev.posthorn.ticket.Messages;
import dev.posthorn.ticket.Ticket;
import dev.posthorn.ticket.ThreadRefs;
import dev.posthorn.ticket.ThreadRefs.ThreadRef;
import dev.posthorn.trust.Authentication;
import dev.posthorn.trust.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The order of evidence, without a database.
class PlacingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final Evidence evidence = new Evidence();
  private final Team team = new Team();
  private final InboundChannel channel = new InboundChannel();
  private long number;

  @BeforeEach
  void aTeam() {
    team.id = UUID.randomUUID();
    channel.id = UUID.randomUUID();
    channel.teamId = team.id;
  }

  @Test
  void aSignedReplyAddressIsStrongerThanReferences() { // P-18
    var signed = ticket("anna@x.example");
    var referred = ticket("anna@x.example");
    known("a@x", referred, true);

    assertThat(place(from("anna@x.example").references("a@x").signed(signed.number))).isEqualTo(joins(signed, "reply-address"));
  }

  @Test
  void aSignedReplyAddressLetsStrangersIn() { // P-18, P-23
    var signed = ticket("anna@x.example");

    assertThat(place(from("colleague@x.example").signed(signed.number))).isEqualTo(joins(signed, "reply-address"));
  }

  @Test
  void referencesAreStrongerThanTheConversation() {
    var referred = ticket("anna@x.example");
    var conversation = ticket("anna@x.example");
    known("a@x", referred, true);
    inConversation("thread-index:01", conversation);

    assertThat(place(from("anna@x.example").references("a@x").conversation("01"))).isEqualTo(joins(referred, "references"));
  }

  @Test
  void theConversationOfOutlookJoinsWhoeverTakesPart() {
    var ticket = ticket("anna@x.example");
    inConversation("thread-index:01", ticket);

    assertThat(place(from("anna@x.example").conversation("01"))).isEqualTo(joins(ticket, "conversation"));
    assertThat(place(from("mallory@y.example").conversation("01"))).isEqualTo(starts("new"));
    assertThat(place(from("anna@x.example").conversation("02"))).isEqualTo(starts("new"));
  }

  @Test
  void anIdThatAKnownMessageRefersToJoins() { // P-17, P-21
    var ticket = ticket("anna@x.example");
    known("colleague@x", ticket, false);

    assertThat(place(from("anna@x.example").references("colleague@x"))).isEqualTo(joins(ticket, "known-reference"));
    assertThat(place(from("mallory@y.example").references("colleague@x"))).isEqualTo(starts("new"));
  }

  @Test
  void aMailSlowerThanItsAnswerJoinsTheAnswersTicket() { // P-17
    var ticket = ticket("anna@x.example");
    known("slow@x", ticket, false);

    assertThat(place(from("anna@x.example").id("slow@x"))).isEqualTo(joins(ticket, "answered-before"));
  }

  @Test
  void aForgedParticipantIsLinkedNotJoined() { // P-23, P-56
    var ticket = ticket("anna@x.example");
    known("a@x", ticket, true);

    var verdict = Placing.place(from("anna@x.example").references("a@x").forged().reading(), evidence);

    assertThat(verdict.placement()).isInstanceOfSatisfying(Placement.Starts.class, starts -> {
      assertThat(starts.by()).isEqualTo("linked-not-joined");
      assertThat(starts.claims()).contains(ticket.id);
    });
    assertThat(verdict.findings()).contains(new Finding("references", Finding.IGNORED, "sender-forged", ticket.id));
  }

  @Test
  void aForgedCustomerDoesNotJoinTheOpenTicket() { // EH-30, P-56
    team.joinOpenTicket = true;
    var ticket = ticket("anna@x.example");
    evidence.addOpen("anna@x.example", team.id, ticket.id);

    assertThat(place(from("anna@x.example"))).isEqualTo(joins(ticket, "open-ticket"));
    assertThat(place(from("anna@x.example").forged())).isEqualTo(starts("new"));
  }

  @Test
  void aForgedContactOrAgentIsNobodyKnown() { // EH-23, P-56
    team.acceptOnlyKnownContacts = true;
    evidence.addContact("anna@x.example", UUID.randomUUID());
    evidence.addAgent("aida@acme.example");

    assertThat(place(from("anna@x.example"))).isEqualTo(starts("new"));
    assertThat(place(from("aida@acme.example").verified())).isEqualTo(starts("new"));
    assertThat(place(from("anna@x.example").forged())).isEqualTo(new Placement.Held("unknown-contact"));
    assertThat(place(from("aida@acme.example"))).isEqualTo(new Placement.Held("unknown-contact"));
    assertThat(place(from("aida@acme.example").forged())).isEqualTo(new Placement.Held("unknown-contact"));
  }

  @Test
  void theTagInTheSubjectJoinsOnlyWhoTakesPart() { // P-23
    var ticket = ticket("anna@x.example");
    evidence.decide(new Policies(Optional.of("ACME"), Optional.empty(), false, false));

    assertThat(place(from("anna@x.example").subject("Re: Tap [ACME#" + ticket.number + "]"))).isEqualTo(joins(ticket, "subject-tag"));
    assertThat(place(from("mallory@y.example").subject("Re: Tap [acme#" + ticket.number + "]"))).isEqualTo(starts("new"));
    assertThat(place(from("anna@x.example").subject("Re: Tap [OTHER#" + ticket.number + "]"))).isEqualTo(starts("new"));
    evidence.decide(Policies.NONE);
    assertThat(place(from("anna@x.example").subject("Re: Tap [ACME#" + ticket.number + "]"))).isEqualTo(starts("new"));
  }

  @Test
  void theOpenTicketIsTheLastThing() { // EH-30
    var open = ticket("anna@x.example");
    var referred = ticket("anna@x.example");
    evidence.addOpen("anna@x.example", team.id, open.id);
    known("a@x", referred, true);

    assertThat(place(from("anna@x.example"))).isEqualTo(starts("new"));
    team.joinOpenTicket = true;
    assertThat(place(from("anna@x.example"))).isEqualTo(joins(open, "open-ticket"));
    assertThat(place(from("anna@x.example").references("a@x"))).isEqualTo(joins(referred, "references"));
    assertThat(place(from("bob@x.example"))).isEqualTo(starts("new"));
  }

  @Test
  void aStrangerWhoNamesATicketIsLinkedNotJoined() { // P-23
    var ticket = ticket("anna@x.example");
    known("a@x", ticket, true);

    var verdict = Placing.place(from("mallory@y.example").references("a@x").reading(), evidence);

    assertThat(verdict.placement()).isEqualTo(new Placement.Starts(Optional.of(ticket.id), Optional.empty(), Optional.empty(), "linked-not-joined"));
    assertThat(verdict.findings()).contains(new Finding("references", Finding.IGNORED, "sender-takes-no-part", ticket.id));
  }

  @Test
  void anotherTeamsTicketIsNotJoined() { // P-14
    var ticket = ticket("anna@x.example");
    ticket.teamId = UUID.randomUUID();
    ticket.inboundChannelId = UUID.randomUUID();
    known("a@x", ticket, true);

    var verdict = Placing.place(from("anna@x.example").references("a@x").reading(), evidence);

    assertThat(verdict.placement()).isInstanceOf(Placement.Starts.class);
    assertThat(verdict.findings()).contains(new Finding("references", Finding.IGNORED, "another-team", ticket.id));
  }

  @Test
  void whatAnswersAMergedTicketLandsWhereItGoesOn() { // P-26
    var first = ticket("anna@x.example");
    var second = ticket("bob@x.example");
    var third = ticket("carl@x.example");
    first.mergedIntoId = second.id;
    second.mergedIntoId = third.id;
    evidence.addParticipants(third.id, Set.of("anna@x.example"));
    known("a@x", first, true);

    assertThat(place(from("anna@x.example").references("a@x"))).isEqualTo(joins(third, "references"));
    assertThat(place(from("stranger@y.example").signed(first.number))).isEqualTo(joins(third, "reply-address"));
    assertThat(place(from("stranger@y.example").references("a@x"))).isInstanceOf(Placement.Starts.class);
  }

  @Test
  void afterTheReopenWindowAnAnswerMakesATicketThatFollows() { // P-27
    var ticket = ticket("anna@x.example");
    known("a@x", ticket, true);
    evidence.decide(new Policies(Optional.empty(), Optional.of(Duration.ofDays(14)), false, false));

    ticket.closedAt = NOW.minus(Duration.ofDays(14));
    assertThat(place(from("anna@x.example").references("a@x"))).isEqualTo(joins(ticket, "references"));
    ticket.closedAt = NOW.minus(Duration.ofDays(14)).minusSeconds(1);
    assertThat(place(from("anna@x.example").references("a@x"))).isEqualTo(follows(ticket, "reopen-window-over"));
    assertThat(place(from("anna@x.example").signed(ticket.number))).isEqualTo(follows(ticket, "reopen-window-over"));
    evidence.decide(Policies.NONE);
    assertThat(place(from("anna@x.example").references("a@x"))).isEqualTo(joins(ticket, "references"));
  }

  @Test
  void anotherSubjectMakesATicketThatFollowsWhereTheTenantAsksForIt() { // P-22
    var ticket = ticket("anna@x.example");
    known("a@x", ticket, true);
    evidence.addSubjects(ticket.id, Set.of("The tap drips", "Re: The tap drips", "The tap drips and drips"));

    assertThat(place(from("anna@x.example").references("a@x").subject("Invoice 7"))).isEqualTo(joins(ticket, "references"));
    evidence.decide(new Policies(Optional.of("ACME"), Optional.empty(), true, false));
    assertThat(place(from("anna@x.example").references("a@x").subject("Invoice 7"))).isEqualTo(follows(ticket, "subject-changed"));
    assertThat(place(from("anna@x.example").signed(ticket.number).subject("Invoice 7"))).isEqualTo(follows(ticket, "subject-changed"));
    assertThat(place(from("anna@x.example").references("a@x").subject("AW: Re: the tap  drips [ACME#7]"))).isEqualTo(joins(ticket, "references"));
    assertThat(place(from("anna@x.example").references("a@x").subject("Re: The tap drips and drips"))).isEqualTo(joins(ticket, "references"));
    assertThat(place(from("anna@x.example").references("a@x").subject("Re:"))).isEqualTo(joins(ticket, "references"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Fwd: Tap", "FW: Tap", "WG: Tap", "TR : Tap", "I: Tap", "RV: Tap", "ENC: Tap", "PD: Tap", "Doorst: Tap", "VB: Tap", "转发: Tap",
      "転送: Tap", "Пер: Tap", "[Fwd: Tap]", "[ACME] WG: AW: Tap", "Tap (fwd)"})
  void aForwardToUsAloneMakesATicketThatFollowsWhereTheTenantAsksForIt(String subject) { // P-25
    var ticket = ticket("anna@x.example");
    evidence.addParticipants(ticket.id, Set.of("bob@x.example"));
    known("a@x", ticket, true);

    assertThat(place(from("anna@x.example").references("a@x").subject(subject))).isEqualTo(joins(ticket, "references"));
    evidence.decide(new Policies(Optional.empty(), Optional.empty(), false, true));
    assertThat(place(from("anna@x.example").references("a@x").subject(subject))).isEqualTo(follows(ticket, "forwarded"));
    assertThat(place(from("anna@x.example").references("a@x").subject(subject).to("bob@x.example"))).isEqualTo(joins(ticket, "references"));
    assertThat(place(from("anna@x.example").signed(ticket.number).subject(subject))).isEqualTo(joins(ticket, "reply-address"));
    assertThat(place(from("anna@x.example").references("a@x").subject("AW: " + subject))).isEqualTo(joins(ticket, "references"));
  }

  @Test
  void aVerifiedAgentsForwardIsTheCustomersTicket() { // P-48
    var customer = Address.of("anna@x.example");
    evidence.addAgent("aida@acme.example");

    assertThat(place(from("aida@acme.example").subject("WG: Tap").forwardedFrom(customer).verified()))
        .isEqualTo(new Placement.Starts(Optional.empty(), Optional.empty(), Optional.of(customer), "forwarded-by-agent"));
  }

  @Test
  void nobodyElsesForwardIs() { // P-48, P-56
    var customer = Address.of("anna@x.example");
    evidence.addAgent("aida@acme.example");
    evidence.addOwn("support@acme.example");

    assertThat(List.of(
        place(from("aida@acme.example").subject("WG: Tap").forwardedFrom(customer)),
        place(from("bob@x.example").subject("WG: Tap").forwardedFrom(customer).verified()),
        place(from("aida@acme.example").subject("Tap").forwardedFrom(customer).verified()),
        place(from("aida@acme.example").subject("WG: Tap").verified()),
        place(from("aida@acme.example").subject("WG: Tap").forwardedFrom(Address.of("aida@acme.example")).verified()),
        place(from("aida@acme.example").subject("WG: Tap").forwardedFrom(Address.of("support+x@acme.example")).verified())))
        .containsOnly(starts("new"));
  }

  @Test
  void anUnknownSenderWaitsWhereTheTeamAcceptsKnownContactsOnly() { // EH-23
    team.acceptOnlyKnownContacts = true;
    evidence.addContact("anna@x.example", UUID.randomUUID());
    evidence.addAgent("aida@acme.example");

    assertThat(place(from("mallory@y.example"))).isEqualTo(new Placement.Held("unknown-contact"));
    assertThat(place(from("mallory@y.example").released())).isEqualTo(starts("new"));
    assertThat(place(from("anna@x.example"))).isEqualTo(starts("new"));
    assertThat(place(from("aida@acme.example").verified())).isEqualTo(starts("new"));
  }

  @Test
  void anUnknownCopiedPersonIsTrackedAllTheSame() { // EH-24
    team.acceptOnlyKnownContacts = true;
    var ticket = ticket("anna@x.example");
    evidence.addParticipants(ticket.id, Set.of("unknown@y.example"));
    known("a@x", ticket, true);

    assertThat(place(from("unknown@y.example").references("a@x"))).isEqualTo(joins(ticket, "references"));
  }

  @Test
  void ourOwnMailIsAnEchoAndTheSameMailIsFiledOnce() { // P-13, P-35
    var ticket = ticket("anna@x.example");
    evidence.add("ours@x", new Evidence.KnownMessage(ticket.id, new UUID(0, 1), true, "desk@acme.example", "Re: Tap"));
    evidence.add("theirs@x", new Evidence.KnownMessage(ticket.id, new UUID(0, 2), false, "anna@x.example", "Tap"));

    assertThat(place(from("anna@x.example").id("ours@x"))).isEqualTo(new Placement.OwnEcho(ticket.id, new UUID(0, 1)));
    assertThat(place(from("anna@x.example").id("theirs@x"))).isEqualTo(new Placement.AlreadyFiled(ticket.id, new UUID(0, 2)));
    assertThat(place(from("anna@x.example").id("theirs@x").subject("Another"))).isEqualTo(starts("new"));
  }

  @Test
  void whatWasLookedAtIsSaidInOrder() {
    var ticket = ticket("anna@x.example");
    known("a@x", ticket, false);
    evidence.decide(new Policies(Optional.of("ACME"), Optional.empty(), false, false));
    team.joinOpenTicket = true;

    assertThat(Placing.place(from("anna@x.example").references("a@x").reading(), evidence).findings()).containsExactly(
        new Finding("reply-address", Finding.ABSENT, null, null), new Finding("references", Finding.ABSENT, null, null),
        new Finding("conversation", Finding.ABSENT, null, null), new Finding("known-reference", Finding.HELD, null, ticket.id));
    assertThat(Placing.place(from("bob@x.example").reading(), evidence).findings()).extracting(Finding::evidence).containsExactly(
        "reply-address", "references", "conversation", "known-reference", "answered-before", "subject-tag", "open-ticket");
  }

  private Placement place(Sample sample) {
    return Placing.place(sample.reading(), evidence).placement();
  }

  private Ticket ticket(String requester) {
    var ticket = new Ticket();
    ticket.id = UUID.randomUUID();
    ticket.number = ++number;
    ticket.teamId = team.id;
    ticket.inboundChannelId = channel.id;
    evidence.add(ticket);
    evidence.addParticipants(ticket.id, Set.of(requester));
    return ticket;
  }

  private void known(String messageId, Ticket ticket, boolean own) {
    evidence.add(new ThreadRef(ThreadRefs.ref(new MessageId(messageId)), ticket.id, own));
  }

  private void inConversation(String name, Ticket ticket) {
    Messages.conversationRefs(ticket.id, List.of(name)).forEach(evidence::add);
  }

  private static Placement joins(Ticket ticket, String by) {
    return new Placement.Continues(ticket.id, by);
  }

  private static Placement starts(String by) {
    return new Placement.Starts(Optional.empty(), Optional.empty(), Optional.empty(), by);
  }

  private static Placement follows(Ticket ticket, String by) {
    return new Placement.Starts(Optional.empty(), Optional.of(ticket.id), Optional.empty(), by);
  }

  private Sample from(String sender) {
    return new Sample(Address.of(sender));
  }

  /// A mail that comes in.
  private final class Sample {
    private final Address sender;
    private final List<Address> to = new ArrayList<>(List.of(Address.of("support@acme.example")));
    private final List<MessageId> references = new ArrayList<>();
    private Optional<ThreadIndex> conversation = Optional.empty();
    private String subject = "Tap";
    private Optional<MessageId> id = Optional.empty();
    private Optional<Long> signed = Optional.empty();
    private Optional<Address> forwardedFrom = Optional.empty();
    private boolean verified;
    private boolean released;
    private Authentication authentication = Authentication.NONE;

    Sample(Address sender) {
      this.sender = sender;
    }

    Sample to(String address) {
      to.add(Address.of(address));
      return this;
    }

    Sample id(String value) {
      id = Optional.of(new MessageId(value));
      return this;
    }

    Sample references(String value) {
      references.add(new MessageId(value));
      return this;
    }

    Sample conversation(String root) {
      conversation = Optional.of(new ThreadIndex(root, 1));
      return this;
    }

    Sample subject(String value) {
      subject = value;
      return this;
    }

    Sample signed(long ticketNumber) {
      signed = Optional.of(ticketNumber);
      return this;
    }

    Sample forwardedFrom(Address address) {
      forwardedFrom = Optional.of(address);
      return this;
    }

    Sample verified() {
      verified = true;
      return this;
    }

    /// DMARC of the sender's domain failed.
    Sample forged() {
      authentication = new Authentication(Verdict.FAIL, Verdict.NONE, Verdict.FAIL, Verdict.NONE, null, List.of(), "reject", "posthorn", false);
      return this;
    }

    Sample released() {
      released = true;
      return this;
    }

    Reading reading() {
      var split = new QuoteSplitter.Split("", QuoteSplitter.Confidence.HIGH);
      var mail = new Incoming(UUID.randomUUID(), Sha256.digest(new byte[0]), 0, NOW, sender, List.of(), to, List.of(), subject, id, List.of(),
          references, conversation, Optional.empty(), "", Optional.empty(), split, List.of(), List.of(), forwardedFrom, verified, signed);
      return new Reading(mail, channel, team, null, null, new Reading.Times(NOW, NOW), released,
          new Screened(Classification.ORDINARY, Optional.empty(), List.of()), authentication);
    }
  }
}
