package dev.posthorn.routing;

import dev.posthorn.intake.Explanation.Deed;
import dev.posthorn.intake.Explanation.Ruling;
import dev.posthorn.routing.Facts.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Asks the rules about a mail, one after the other, and says what comes of it and why. Pure: the same facts under the same
/// rules give the same decision.
///
/// A rule of a team or queue is asked only while the ticket would lie there: a rule before it may have brought it there, or
/// taken it away. What is set is set on the ticket that a mail opens; one that continues a ticket changes nothing of it, for
/// people work on it by then.
public final class Router {
  /// Rules that were not true are named up to this many conditions; beyond, only those that were.
  private static final int MOST_TESTS = 200;

  /// Kinds of actions that set something on the ticket.
  private static final Set<String> SETTINGS = Condition.Kinds.of(Action.class).entrySet().stream()
      .filter(kind -> Action.Setting.class.isAssignableFrom(kind.getKey())).map(kind -> kind.getValue()).collect(Collectors.toSet());

  private final Rulebook book;
  private final Facts facts;
  private final Matching matching;
  private final List<Ruling> rulings = new ArrayList<>();
  private final Set<String> tags = new LinkedHashSet<>();
  private final Set<String> forwards = new LinkedHashSet<>();
  private final Set<String> workflows = new LinkedHashSet<>();
  private int tests;
  private Place place;
  private Optional<UUID> assignee = Optional.empty();
  private Optional<UUID> priority = Optional.empty();
  private Optional<UUID> status = Optional.empty();
  private Optional<UUID> category = Optional.empty();
  private Optional<UUID> type = Optional.empty();
  private Optional<UUID> template = Optional.empty();
  private boolean newTicket;
  private Decision.Entry entry = Decision.Entry.FILED;

  private Router(Rulebook book, Facts facts, int maxText) {
    this.book = book;
    this.facts = facts;
    this.matching = new Matching(facts, book.calendars(), maxText);
    this.place = facts.circumstances().start();
  }

  /// @param maxText characters of the body that are looked at
  public static Decision decide(Rulebook book, Facts facts, int maxText) {
    return book.isEmpty() ? Decision.NONE : new Router(book, facts, maxText).decide();
  }

  private Decision decide() {
    for (var rule : book.entries()) {
      if (isAsked(rule) && ask(rule)) {
        break;
      }
    }
    boolean opens = newTicket || !facts.circumstances().continues();
    return opens
        ? new Decision(entry, newTicket, Optional.of(place).filter(one -> !one.equals(facts.circumstances().start())), assignee, priority, status,
            category, type, template, Set.copyOf(tags), Set.copyOf(forwards), Set.copyOf(workflows), List.copyOf(rulings))
        : new Decision(entry, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Set.of(), Set.of(), Set.of(),
            rulings.stream().map(Router::withoutSettings).toList());
  }

  private boolean isAsked(Rulebook.Entry rule) {
    return (rule.teamId() == null || rule.teamId().equals(place.teamId())) && (rule.queueId() == null || rule.queueId().equals(place.queueId()));
  }

  /// @return whether no later rule is asked
  private boolean ask(Rulebook.Entry rule) {
    boolean held = matching.holds(rule.condition());
    var looked = matching.tests();
    var deeds = new ArrayList<Deed>();
    boolean last = false;
    if (held) {
      last = rule.stop();
      for (var action : rule.actions()) {
        deeds.add(perform(action));
        last |= action instanceof Action.Stop || entry != Decision.Entry.FILED;
      }
    }
    tests += looked.size();
    if (held || tests <= MOST_TESTS) {
      rulings.add(new Ruling(rule.id(), rule.revision(), rule.name(), held, looked, deeds));
    }
    return last;
  }

  private Deed perform(Action action) {
    return switch (action) {
      case Action.End end -> keepOut(end);
      case Action.Setting setting -> set(setting);
      case Action.CreateNewTicket _ -> {
        boolean already = newTicket || !facts.circumstances().continues();
        newTicket |= !already;
        yield new Deed(action.kind(), null, already ? "already-new" : null);
      }
      case Action.Stop _ -> new Deed(action.kind(), null, null);
    };
  }

  private Deed keepOut(Action.End end) {
    if (facts.circumstances().released()) {
      return new Deed(end.kind(), null, "released");
    }
    // The first that keeps it out decides how.
    if (entry == Decision.Entry.FILED) {
      entry = switch (end) {
        case Action.Ignore _ -> Decision.Entry.IGNORED;
        case Action.Quarantine _ -> Decision.Entry.QUARANTINED;
      };
    }
    return new Deed(end.kind(), null, null);
  }

  private Deed set(Action.Setting setting) {
    return switch (setting) {
      case Action.RouteToTeam(UUID team) -> {
        var queue = book.teams().get(team);
        yield queue == null ? missing(setting, team) : moved(setting, team, new Place(team, queue), Optional.empty());
      }
      case Action.RouteToQueue(UUID queue) -> {
        var team = book.queues().get(queue);
        yield team == null ? missing(setting, queue)
            : moved(setting, queue, new Place(team.orElse(place.teamId()), queue), assignee.filter(agent -> sees(agent, team.orElse(place.teamId()), queue)));
      }
      case Action.RouteToAgent(UUID agent) -> toAgent(setting, agent);
      case Action.SetPriority(UUID id) -> {
        priority = Optional.of(id);
        yield new Deed(setting.kind(), id.toString(), null);
      }
      case Action.SetStatus(UUID id) -> {
        status = Optional.of(id);
        yield new Deed(setting.kind(), id.toString(), null);
      }
      case Action.SetCategory(UUID id) -> {
        category = Optional.of(id);
        yield new Deed(setting.kind(), id.toString(), null);
      }
      case Action.SetType(UUID id) -> {
        type = Optional.of(id);
        yield new Deed(setting.kind(), id.toString(), null);
      }
      case Action.ReplyWithTemplate(UUID id) -> {
        template = Optional.of(id);
        yield new Deed(setting.kind(), id.toString(), null);
      }
      case Action.Forward(var address) -> {
        forwards.add(address);
        yield new Deed(setting.kind(), address, null);
      }
      case Action.RunWorkflow(var workflow) -> {
        workflows.add(workflow);
        yield new Deed(setting.kind(), workflow, null);
      }
      case Action.AddTags(var more) -> {
        tags.addAll(more);
        yield new Deed(setting.kind(), String.join(", ", more), null);
      }
    };
  }

  /// Only somebody who sees a ticket can have it (TH-30).
  private Deed toAgent(Action.Setting setting, UUID agent) {
    var desk = book.agents().get(agent);
    if (desk == null) {
      return missing(setting, agent);
    }
    if (desk.sees(place.teamId(), place.queueId())) {
      return moved(setting, agent, place, Optional.of(agent));
    }
    if (desk.queues().isEmpty()) {
      return new Deed(setting.kind(), agent.toString(), "agent-without-queue");
    }
    var queue = desk.queues().getFirst();
    return moved(setting, agent, new Place(book.queues().getOrDefault(queue, Optional.empty()).orElse(place.teamId()), queue), Optional.of(agent));
  }

  private boolean sees(UUID agent, UUID team, UUID queue) {
    return Optional.ofNullable(book.agents().get(agent)).filter(desk -> desk.sees(team, queue)).isPresent();
  }

  private Deed moved(Action.Setting setting, UUID named, Place to, Optional<UUID> whose) {
    place = to;
    assignee = whose;
    return new Deed(setting.kind(), named.toString(), null);
  }

  private static Deed missing(Action.Setting setting, UUID named) {
    return new Deed(setting.kind(), named.toString(), "no-such-target");
  }

  private static Ruling withoutSettings(Ruling ruling) {
    return new Ruling(ruling.ruleId(), ruling.revision(), ruling.name(), ruling.held(), ruling.tests(), ruling.deeds().stream()
        .map(deed -> SETTINGS.contains(deed.kind()) ? new Deed(deed.kind(), deed.detail(), "continues-a-ticket") : deed).toList());
  }
}
