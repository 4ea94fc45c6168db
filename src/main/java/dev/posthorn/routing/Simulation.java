package dev.posthorn.routing;

import dev.posthorn.intake.Explanation.Deed;
import dev.posthorn.intake.Explanation.Ruling;
import dev.posthorn.intake.InboundMail;
import dev.posthorn.intake.InboundMails;
import dev.posthorn.intake.InboundState;
import dev.posthorn.routing.SimulationResource.Outcome;
import dev.posthorn.routing.SimulationResource.SimulatedMail;
import dev.posthorn.routing.SimulationResource.SimulationRequest;
import dev.posthorn.routing.SimulationResource.SimulationView;
import dev.posthorn.team.LedTeams;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/// Tries rules on past mail. Nothing is written: each mail is read again from its bytes, and rules are asked about it as it was
/// then.
@ApplicationScoped
class Simulation {
  private static final String UNKNOWN_CONTACT = "unknown-contact";

  private final Rules rules;
  private final RuleCheck check;
  private final RuleDesk desk;
  private final LedTeams led;
  private final InboundMails inboundMails;
  private final PastMails past;
  private final RoutingConfig config;
  private final Clock clock;

  Simulation(Rules rules, RuleCheck check, RuleDesk desk, LedTeams led, InboundMails inboundMails, PastMails past, RoutingConfig config, Clock clock) {
    this.rules = rules;
    this.check = check;
    this.desk = desk;
    this.led = led;
    this.inboundMails = inboundMails;
    this.past = past;
    this.config = config;
    this.clock = clock;
  }

  /// A page of what would have become of the mails of a span of time.
  SimulationView run(SimulationRequest wanted) {
    if (wanted.to().isBefore(wanted.from())) {
      throw Refusal.badRequest("/to", "Must not be before `from`.");
    }
    if (wanted.rules().size() > config.maxRules()) {
      throw Refusal.badRequest("/rules", "At most " + config.maxRules() + " rules.");
    }
    var book = QuarkusTransaction.requiringNew().call(() -> book(wanted));
    var own = QuarkusTransaction.requiringNew().call(led::bounds);
    var mails = QuarkusTransaction.requiringNew().call(() -> inboundMails.decided(
        Optional.ofNullable(wanted.after()).orElseGet(() -> Ids.before(wanted.from())), Ids.before(wanted.to()), config.maxSimulatedMails() + 1));
    var until = clock.instant().plus(config.simulationTimeout());
    var items = new ArrayList<SimulatedMail>();
    UUID last = null;
    for (var mail : mails.subList(0, Math.min(mails.size(), config.maxSimulatedMails()))) {
      if (last != null && clock.instant().isAfter(until)) {
        return new SimulationView(items, last);
      }
      // A lead sees what came to the teams led, as it came.
      past.facts(mail.id).filter(facts -> own.map(teams -> teams.contains(facts.circumstances().start().teamId())).orElse(true)).ifPresent(facts -> items.add(compared(mail, Router.decide(book, facts, config.maxText()), facts)));
      last = mail.id;
    }
    return new SimulationView(items, mails.size() > config.maxSimulatedMails() ? last : null);
  }

  private Rulebook book(SimulationRequest wanted) {
    var tried = wanted.rules();
    tried.forEach(rule -> desk.demandOwn(rule.teamId(), rule.queueId()));
    IntStream.range(0, tried.size()).forEach(i -> check.demand(tried.get(i).condition(), tried.get(i).actions(), "/rules/" + i));
    return rules.book(tried.stream().filter(rule -> !Boolean.FALSE.equals(rule.enabled())).map(rule -> new Rulebook.Entry(null, 0, rule.name(), rule.teamId(),
        rule.queueId(), rule.condition(), rule.actions(), Boolean.TRUE.equals(rule.stop()))).toList());
  }

  private static SimulatedMail compared(InboundMail mail, Decision decision, Facts facts) {
    var kept = mail.explanation == null ? List.<Ruling>of() : mail.explanation.rules();
    var happened = new Outcome(InboundState.of(mail.state), done(kept));
    var would = new Outcome(state(mail, decision, facts), done(decision.rulings()));
    return new SimulatedMail(mail.id, mail.messageId, mail.ticketId, mail.receivedAt, happened, would, !happened.equals(would), decision.rulings());
  }

  private static InboundState state(InboundMail mail, Decision decision, Facts facts) {
    return switch (decision.entry()) {
      case IGNORED -> InboundState.IGNORED;
      case QUARANTINED -> InboundState.QUARANTINED;
      // A team that takes no strangers held it back, whatever rules say.
      case FILED -> UNKNOWN_CONTACT.equals(mail.reason) ? InboundState.QUARANTINED
          : facts.circumstances().continues() && !decision.newTicket() ? InboundState.THREADED : InboundState.TICKETED;
    };
  }

  /// What rules did, without what they only wanted to.
  private static List<Deed> done(List<Ruling> rulings) {
    return rulings.stream().flatMap(ruling -> ruling.deeds().stream()).filter(deed -> deed.why() == null && !deed.kind().equals("stop")).toList();
  }
}
