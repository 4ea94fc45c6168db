package dev.posthorn.triage;

import static dev.posthorn.triage.Situation.follows;
import static dev.posthorn.triage.Situation.joins;
import static dev.posthorn.triage.Situation.starts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.intake.Explanation.Finding;
import dev.posthorn.mail.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tenants, teams and the trust in a sender change about the order of evidence.
class PlacingPoliciesTest {
  private final Situation here = new Situation();

  @Test
  void aForgedParticipantIsLinkedNotJoined() { // P-23, P-56
    var ticket = here.ticket("anna@x.example");
    here.known("a@x", ticket, true);

    var verdict = Placing.place(here.from("anna@x.example").references("a@x").forged().reading(), here.evidence);

    assertThat(verdict.placement()).isInstanceOfSatisfying(Placement.Starts.class, starts -> {
      assertThat(starts.by()).isEqualTo("linked-not-joined");
      assertThat(starts.claims()).contains(ticket.id);
    });
    assertThat(verdict.findings()).contains(new Finding("references", Finding.IGNORED, "sender-forged", ticket.id));
  }

  @Test
  void aForgedCustomerDoesNotJoinTheOpenTicket() { // EH-30, P-56
    here.team.joinOpenTicket = true;
    var ticket = here.ticket("anna@x.example");
    here.evidence.addOpen("anna@x.example", here.team.id, ticket.id);

    assertThat(here.place(here.from("anna@x.example"))).isEqualTo(joins(ticket, "open-ticket"));
    assertThat(here.place(here.from("anna@x.example").forged())).isEqualTo(starts("new"));
  }

  @Test
  void aForgedContactOrAgentIsNobodyKnown() { // EH-23, P-56
    here.team.acceptOnlyKnownContacts = true;
    here.evidence.addContact("anna@x.example", UUID.randomUUID());
    here.evidence.addAgent("aida@acme.example");

    assertThat(here.place(here.from("anna@x.example"))).isEqualTo(starts("new"));
    assertThat(here.place(here.from("aida@acme.example").verified())).isEqualTo(starts("new"));
    assertThat(here.place(here.from("anna@x.example").forged())).isEqualTo(new Placement.Held("unknown-contact"));
    assertThat(here.place(here.from("aida@acme.example"))).isEqualTo(new Placement.Held("unknown-contact"));
    assertThat(here.place(here.from("aida@acme.example").forged())).isEqualTo(new Placement.Held("unknown-contact"));
  }

  @Test
  void afterTheReopenWindowAnAnswerMakesATicketThatFollows() { // P-27
    var ticket = here.ticket("anna@x.example");
    here.known("a@x", ticket, true);
    here.evidence.decide(new Policies(Optional.empty(), Optional.of(Duration.ofDays(14)), false, false));

    ticket.closedAt = Situation.NOW.minus(Duration.ofDays(14));
    assertThat(here.place(here.from("anna@x.example").references("a@x"))).isEqualTo(joins(ticket, "references"));
    ticket.closedAt = Situation.NOW.minus(Duration.ofDays(14)).minusSeconds(1);
    assertThat(here.place(here.from("anna@x.example").references("a@x"))).isEqualTo(follows(ticket, "reopen-window-over"));
    assertThat(here.place(here.from("anna@x.example").signed(ticket.number))).isEqualTo(follows(ticket, "reopen-window-over"));
    here.evidence.decide(Policies.NONE);
    assertThat(here.place(here.from("anna@x.example").references("a@x"))).isEqualTo(joins(ticket, "references"));
  }

  @Test
  void anotherSubjectMakesATicketThatFollowsWhereTheTenantAsksForIt() { // P-22
    var ticket = here.ticket("anna@x.example");
    here.known("a@x", ticket, true);
    here.evidence.addSubjects(ticket.id, Set.of("The tap drips", "Re: The tap drips", "The tap drips and drips"));

    assertThat(here.place(here.from("anna@x.example").references("a@x").subject("Invoice 7"))).isEqualTo(joins(ticket, "references"));
    here.evidence.decide(new Policies(Optional.of("ACME"), Optional.empty(), true, false));
    assertThat(here.place(here.from("anna@x.example").references("a@x").subject("Invoice 7"))).isEqualTo(follows(ticket, "subject-changed"));
    assertThat(here.place(here.from("anna@x.example").signed(ticket.number).subject("Invoice 7"))).isEqualTo(follows(ticket, "subject-changed"));
    assertThat(here.place(here.from("anna@x.example").references("a@x").subject("AW: Re: the tap  drips [ACME#7]"))).isEqualTo(joins(ticket, "references"));
    assertThat(here.place(here.from("anna@x.example").references("a@x").subject("Re: The tap drips and drips"))).isEqualTo(joins(ticket, "references"));
    assertThat(here.place(here.from("anna@x.example").references("a@x").subject("Re:"))).isEqualTo(joins(ticket, "references"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Fwd: Tap", "FW: Tap", "WG: Tap", "TR : Tap", "I: Tap", "RV: Tap", "ENC: Tap", "PD: Tap", "Doorst: Tap", "VB: Tap", "转发: Tap",
      "転送: Tap", "Пер: Tap", "[Fwd: Tap]", "[ACME] WG: AW: Tap", "Tap (fwd)"})
  void aForwardToUsAloneMakesATicketThatFollowsWhereTheTenantAsksForIt(String subject) { // P-25
    var ticket = here.ticket("anna@x.example");
    here.evidence.addParticipants(ticket.id, Set.of("bob@x.example"));
    here.known("a@x", ticket, true);

    assertThat(here.place(here.from("anna@x.example").references("a@x").subject(subject))).isEqualTo(joins(ticket, "references"));
    here.evidence.decide(new Policies(Optional.empty(), Optional.empty(), false, true));
    assertThat(here.place(here.from("anna@x.example").references("a@x").subject(subject))).isEqualTo(follows(ticket, "forwarded"));
    assertThat(here.place(here.from("anna@x.example").references("a@x").subject(subject).to("bob@x.example"))).isEqualTo(joins(ticket, "references"));
    assertThat(here.place(here.from("anna@x.example").signed(ticket.number).subject(subject))).isEqualTo(joins(ticket, "reply-address"));
    assertThat(here.place(here.from("anna@x.example").references("a@x").subject("AW: " + subject))).isEqualTo(joins(ticket, "references"));
  }

  @Test
  void aVerifiedAgentsForwardIsTheCustomersTicket() { // P-48
    var customer = Address.of("anna@x.example");
    here.evidence.addAgent("aida@acme.example");

    assertThat(here.place(here.from("aida@acme.example").subject("WG: Tap").forwardedFrom(customer).verified()))
        .isEqualTo(new Placement.Starts(Optional.empty(), Optional.empty(), Optional.of(customer), "forwarded-by-agent"));
  }

  @Test
  void nobodyElsesForwardIs() { // P-48, P-56
    var customer = Address.of("anna@x.example");
    here.evidence.addAgent("aida@acme.example");
    here.evidence.addOwn("support@acme.example");

    assertThat(List.of(
        here.place(here.from("aida@acme.example").subject("WG: Tap").forwardedFrom(customer)),
        here.place(here.from("bob@x.example").subject("WG: Tap").forwardedFrom(customer).verified()),
        here.place(here.from("aida@acme.example").subject("Tap").forwardedFrom(customer).verified()),
        here.place(here.from("aida@acme.example").subject("WG: Tap").verified()),
        here.place(here.from("aida@acme.example").subject("WG: Tap").forwardedFrom(Address.of("aida@acme.example")).verified()),
        here.place(here.from("aida@acme.example").subject("WG: Tap").forwardedFrom(Address.of("support+x@acme.example")).verified())))
        .containsOnly(starts("new"));
  }

  @Test
  void anUnknownSenderWaitsWhereTheTeamAcceptsKnownContactsOnly() { // EH-23
    here.team.acceptOnlyKnownContacts = true;
    here.evidence.addContact("anna@x.example", UUID.randomUUID());
    here.evidence.addAgent("aida@acme.example");

    assertThat(here.place(here.from("mallory@y.example"))).isEqualTo(new Placement.Held("unknown-contact"));
    assertThat(here.place(here.from("mallory@y.example").released())).isEqualTo(starts("new"));
    assertThat(here.place(here.from("anna@x.example"))).isEqualTo(starts("new"));
    assertThat(here.place(here.from("aida@acme.example").verified())).isEqualTo(starts("new"));
  }

  @Test
  void anUnknownCopiedPersonIsTrackedAllTheSame() { // EH-24
    here.team.acceptOnlyKnownContacts = true;
    var ticket = here.ticket("anna@x.example");
    here.evidence.addParticipants(ticket.id, Set.of("unknown@y.example"));
    here.known("a@x", ticket, true);

    assertThat(here.place(here.from("unknown@y.example").references("a@x"))).isEqualTo(joins(ticket, "references"));
  }
}
