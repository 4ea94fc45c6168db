package dev.posthorn.triage;

import dev.posthorn.intake.Explanation;
import dev.posthorn.routing.Decision;
import dev.posthorn.routing.Router;
import dev.posthorn.routing.RoutingConfig;
import dev.posthorn.routing.Rulebook;
import dev.posthorn.routing.Rules;
import dev.posthorn.ticket.Ticket;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/// Asks the tenant's rules what is to be done with a mail that has its place.
@ApplicationScoped
class Directing {
  /// The reason of mails of which a rule decided what they became.
  static final String BY = "rule";

  private final Rules rules;
  private final RoutingConfig config;

  Directing(Rules rules, RoutingConfig config) {
    this.rules = rules;
    this.config = config;
  }

  /// Where a mail goes after the rules were asked, and why.
  ///
  /// @param circumstances null where nobody was asked: the mail is here already
  record Directed(Placing.Verdict verdict, Decision decision, Explanation.Circumstances circumstances) {
    /// The same, but into a ticket that is there.
    Directed into(UUID ticket, String by) {
      return new Directed(new Placing.Verdict(new Placement.Continues(ticket, by), verdict.findings()), decision, circumstances);
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
        yield new Directed(new Placing.Verdict(placement(verdict.placement(), decision), verdict.findings()), decision, RuleFacts.kept(now));
      }
    };
  }

  private static Placement placement(Placement placed, Decision decision) {
    return switch (decision.entry()) {
      case IGNORED -> new Placement.Ignored(BY);
      case QUARANTINED -> placed instanceof Placement.Held ? placed : new Placement.Held(BY);
      case FILED -> placed instanceof Placement.Continues(var ticket, String _) && decision.newTicket()
          ? new Placement.Starts(Optional.empty(), Optional.of(ticket), Optional.empty(), BY) : placed;
    };
  }
}
