package dev.posthorn.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.queue.Queues;
import dev.posthorn.routing.RuleResource.NewRule;
import dev.posthorn.routing.RuleResource.RevisionView;
import dev.posthorn.routing.RuleResource.RuleChange;
import dev.posthorn.routing.RuleResource.RuleView;
import dev.posthorn.team.LedTeams;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What HTTP may do with rules. Each method is one transaction. Admins have all rules; leads those of the teams they lead, and
/// of these teams' queues (EH-17).
@ApplicationScoped
@Transactional
class RuleDesk {
  private final Rules rules;
  private final RuleCheck check;
  private final RoutingConfig config;
  private final Queues queues;
  private final LedTeams led;
  private final Caller caller;
  private final Journal journal;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  RuleDesk(Rules rules, RuleCheck check, RoutingConfig config, Queues queues, LedTeams led, Caller caller, Journal journal,
      Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.rules = rules;
    this.check = check;
    this.config = config;
    this.queues = queues;
    this.led = led;
    this.caller = caller;
    this.journal = journal;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  Page<RuleView> list(Listing listing) {
    var bounds = led.bounds();
    return listing.answer((after, atMost) -> rules.page(bounds, after, atMost), rule -> Cursor.at(rule.position, rule.id), RuleView::of,
        () -> rules.count(bounds));
  }

  RuleView show(UUID id) {
    return RuleView.of(existing(id));
  }

  RuleView create(NewRule wanted) {
    demandOwn(wanted.teamId(), wanted.queueId());
    check.demand(wanted.condition(), wanted.actions(), "");
    if (rules.count() >= config.maxRules()) {
      throw Refusal.conflict("There are " + config.maxRules() + " rules already.");
    }
    var rule = new Rule();
    rule.id = Ids.next();
    rule.createdAt = clock.instant();
    write(rule, new RuleChange(wanted.name(), Optional.ofNullable(wanted.position()).orElseGet(rules::nextPosition),
        !Boolean.FALSE.equals(wanted.enabled()), wanted.queueId(), wanted.teamId(), wanted.condition(), wanted.actions(), Boolean.TRUE.equals(wanted.stop())));
    rules.persist(rule);
    kept(rule, "rule.created");
    return RuleView.of(rule);
  }

  RuleView change(UUID id, ObjectNode patch) {
    var rule = existing(id);
    preconditions.check(RuleView.of(rule));
    var current = RuleChange.of(rule);
    // A condition is replaced as a whole: one of another kind has other fields.
    var wanted = mergePatch.apply(patch != null && patch.has("condition") ? current.without() : current, patch);
    if (wanted.equals(current)) {
      return RuleView.of(rule);
    }
    demandOwn(wanted.teamId(), wanted.queueId());
    check.demand(wanted.condition(), wanted.actions(), "");
    write(rule, wanted);
    kept(rule, "rule.changed");
    return RuleView.of(rule);
  }

  /// Deletes a rule. What it was stays, for the explanations that name it.
  void remove(UUID id) {
    var rule = existing(id);
    preconditions.check(RuleView.of(rule));
    rules.names(id, List.of());
    rules.delete(rule);
    journal.tenant("rule.deleted", actor(), Map.of("ruleId", id, "revision", rule.revision));
  }

  Page<RevisionView> revisions(UUID id, Listing listing) {
    if (rules.revisions(id, null, 1).stream().noneMatch(this::isOwn)) {
      throw Refusal.notFound("rule");
    }
    return listing.answer((after, atMost) -> rules.revisions(id, after, atMost), row -> Cursor.at(row.revision, row.ruleId), RevisionView::of,
        () -> rules.revisions(id, null, Integer.MAX_VALUE).size());
  }

  RevisionView revision(UUID id, int revision) {
    return rules.revision(id, revision).filter(this::isOwn).map(RevisionView::of).orElseThrow(() -> Refusal.notFound("version of the rule"));
  }

  private void write(Rule rule, RuleChange wanted) {
    rule.name = wanted.name();
    rule.position = wanted.position();
    rule.enabled = wanted.enabled();
    rule.teamId = wanted.teamId();
    rule.queueId = wanted.queueId();
    rule.content = new Rule.Content(wanted.condition(), wanted.actions());
    rule.stop = wanted.stop();
    rule.revision++;
    rule.updatedAt = clock.instant();
  }

  private void kept(Rule rule, String event) {
    rules.keep(RuleRevision.of(rule));
    rules.names(rule.id, Targets.of(rule.content.condition(), rule.content.actions()));
    journal.tenant(event, actor(), Map.of("ruleId", rule.id, "revision", rule.revision));
  }

  private Actor actor() {
    return caller.agentId().map(Actor::agent).orElse(Actor.ADMIN);
  }

  /// @throws Refusal 404, or 403 for a lead of other teams
  private Rule existing(UUID id) {
    var rule = rules.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("rule"));
    demandOwn(rule.teamId, rule.queueId);
    return rule;
  }

  /// @throws Refusal 403 for a rule that is not the caller's
  void demandOwn(UUID teamId, UUID queueId) {
    if (!isOwn(teamId, queueId)) {
      throw Refusal.forbidden("A lead has the rules of the teams that the agent leads: one with such a `teamId`, or the `queueId` of a queue of theirs.");
    }
  }

  private boolean isOwn(RuleRevision row) {
    return isOwn(row.teamId, row.queueId);
  }

  private boolean isOwn(UUID teamId, UUID queueId) {
    return led.bounds().map(own -> teamId != null && own.contains(teamId)
        || teamId == null && queueId != null && queues.findByIdOptional(queueId).filter(queue -> queue.teamId != null && own.contains(queue.teamId)).isPresent())
        .orElse(true);
  }
}
