package dev.posthorn.routing;

import dev.posthorn.web.Problem;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whether a rule may be as it is wanted: within its limits, and naming nothing that does not exist.
@ApplicationScoped
class RuleCheck {
  private final Rules rules;
  private final RoutingConfig config;

  RuleCheck(Rules rules, RoutingConfig config) {
    this.rules = rules;
    this.config = config;
  }

  /// @param at what stands before the pointers of the refusal: "" where the rule is the whole body
  /// @throws Refusal 400 for too much, 422 for what does not exist
  void demand(Condition condition, List<Action> actions, String at) {
    if (condition.depth() > config.maxDepth()) {
      throw Refusal.badRequest(at + "/condition", "Conditions stand in conditions at most " + config.maxDepth() + " deep.");
    }
    if (condition.size() > config.maxConditions()) {
      throw Refusal.badRequest(at + "/condition", "A rule has at most " + config.maxConditions() + " conditions.");
    }
    if (actions.size() > config.maxActions()) {
      throw Refusal.badRequest(at + "/actions", "A rule has at most " + config.maxActions() + " actions.");
    }
    demandTargets(Targets.of(condition, actions), at);
  }

  private void demandTargets(List<Target> targets, String at) {
    var faults = new ArrayList<Problem.Fault>();
    targets.stream().collect(Collectors.groupingBy(Target::kind)).forEach((kind, named) -> {
      var missing = rules.missing(kind, named.stream().map(Target::id).collect(Collectors.toSet()));
      named.stream().filter(target -> missing.contains(target.id()))
          .forEach(target -> faults.add(new Problem.Fault(at + target.pointer(), "There is no such " + kind.word() + ".")));
    });
    if (!faults.isEmpty()) {
      throw Refusal.of(ProblemKind.UNPROCESSABLE, null, faults);
    }
  }
}
