package dev.posthorn.triage;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.intake.Explanation;
import dev.posthorn.routing.Decision;
import dev.posthorn.routing.Router;
import dev.posthorn.routing.RoutingConfig;
import dev.posthorn.routing.Rulebook;
import dev.posthorn.routing.Rules;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.ticket.Forward;
import dev.posthorn.ticket.Ticket;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Asks the tenant's rules what is to be done with a mail that has its place.
@ApplicationScoped
class Directing {
  /// The reason of mails of which a rule decided what they became.
  static final String BY = "rule";

  private final Rules rules;
  private final RoutingConfig config;
  private final Forward forward;
  private final Teams teams;
  private final Journal journal;

  Directing(Rules rules, RoutingConfig config, Forward forward, Teams teams, Journal journal) {
    this.rules = rules;
    this.config = config;
    this.forward = forward;
    this.teams = teams;
    this.journal = journal;
  }

  /// Where a mail goes after the rules were asked, and why.
  ///
  /// @param circumstances null where nobody was asked: the mail is here already
  record Directed(Placing.Verdict verdict, Decision decision, Explanation.Circumstances circumstances) {
    /// The same, but into a ticket that is there.
    Directed into(UUID ticket, String by) {
      var findings = Stream.concat(verdict.findings().stream(), Stream.of(new Explanation.Finding(by, Explanation.Finding.HELD, "too-many-tickets", ticket))).toList();
      return new Directed(new Placing.Verdict(new Placement.Continues(ticket, by), findings), decision, circumstances);
    }

    /// Puts a ticket that the mail opens where the rules want it.
    void apply(Ticket ticket) {
      decision.place().ifPresent(place -> {
        ticket.teamId = place.teamId();
        ticket.queueId = place.queueId();
      });
      decision.category().ifPresent(category -> ticket.categoryId = category);
      decision.type().ifPresent(type -> ticket.typeId = type);
      ticket.assigneeId = decision.assignee().orElse(null);
    }
  }

  /// What is asked of all mails of a batch.
  Rulebook book() {
    return rules.book();
  }

  Directed direct(Rulebook book, Reading reading, String envelopeTo, Placing.Verdict verdict, Evidence evidence) {
    return switch (verdict.placement()) {
      case Placement.OwnEcho _, Placement.AlreadyFiled _, Placement.Ignored _ -> new Directed(verdict, Decision.NONE, null);
      case Placement.Starts _, Placement.Continues _, Placement.Held _ -> {
        var now = RuleFacts.circumstances(reading, verdict.placement(), evidence);
        var decision = book.isEmpty() ? Decision.NONE : Router.decide(book, RuleFacts.of(reading, envelopeTo, now), config.maxText());
        yield new Directed(new Placing.Verdict(placement(verdict.placement(), decision, reading, evidence), verdict.findings()), decision, RuleFacts.kept(now));
      }
    };
  }

  private Placement placement(Placement placed, Decision decision, Reading reading, Evidence evidence) {
    return switch (decision.entry()) {
      case IGNORED -> new Placement.Ignored(BY);
      case QUARANTINED -> placed instanceof Placement.Held ? placed : new Placement.Held(BY);
      case FILED -> placed instanceof Placement.Continues(var ticket, String _) && decision.newTicket()
          ? new Placement.Starts(Optional.empty(), Optional.of(ticket), Optional.empty(), BY) : admitted(placed, decision, reading, evidence);
    };
  }

  /// A team that takes no strangers takes none by a rule either (EH-23).
  private Placement admitted(Placement placed, Decision decision, Reading reading, Evidence evidence) {
    boolean refused = placed instanceof Placement.Starts && !reading.released() && decision.place().map(place -> place.teamId())
        .filter(team -> !team.equals(reading.team().id)).map(teams::<Team>findById).filter(team -> team.acceptOnlyKnownContacts).isPresent();
    return refused && !Placing.isKnown(reading, evidence) ? new Placement.Held(Placing.UNKNOWN_CONTACT) : placed;
  }

  /// What rules want done with a ticket that a mail has opened, once it is written. Programs' mail is passed on to nobody, for two
  /// of them could do that for ever; what was there before its mailbox was connected is old.
  void pursue(Decision decision, Reading reading, Ticket ticket, UUID messageId, boolean backlog) {
    if (backlog) {
      return;
    }
    if (!reading.isByProgram()) {
      decision.forwards().stream().sorted().forEach(address -> forward.byRule(ticket, messageId, address));
    }
    decision.workflows().stream().sorted().forEach(workflow -> journal.ticket("workflow.requested", ticket.id, Actor.SYSTEM,
        Map.of("workflow", workflow, "input", Map.of(), "by", BY)));
  }
}
