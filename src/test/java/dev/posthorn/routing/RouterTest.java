package dev.posthorn.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.intake.Explanation.Deed;
import dev.posthorn.intake.Explanation.Ruling;
import dev.posthorn.routing.Condition.All;
import dev.posthorn.routing.Condition.SubjectContains;
import dev.posthorn.routing.Facts.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Which rules are asked, and what comes of them.
class RouterTest {
  private static final UUID OTHER_TEAM = new UUID(1, 1);
  private static final UUID OTHER_QUEUE = new UUID(1, 2);
  private static final UUID LONE_QUEUE = new UUID(1, 3);
  private static final UUID INSIDER = new UUID(2, 1);
  private static final UUID OUTSIDER = new UUID(2, 2);
  private static final UUID IDLER = new UUID(2, 3);
  private static final Condition ALWAYS = new All(List.of());
  private static final Condition NEVER = new SubjectContains("no such words");

  private final List<Rulebook.Entry> rules = new ArrayList<>();

  private RouterTest rule(String name, Condition condition, Action... actions) {
    return rule(name, null, null, condition, false, actions);
  }

  private RouterTest rule(String name, UUID team, UUID queue, Condition condition, boolean stop, Action... actions) {
    rules.add(new Rulebook.Entry(new UUID(9, rules.size()), 1, name, team, queue, condition, List.of(actions), stop));
    return this;
  }

  private Decision decide(Letter letter) {
    var desks = Map.of(INSIDER, new Rulebook.Desk(false, Set.of(), List.of(Letter.QUEUE)),
        OUTSIDER, new Rulebook.Desk(false, Set.of(), List.of(OTHER_QUEUE, LONE_QUEUE)), IDLER, new Rulebook.Desk(false, Set.of(), List.of()));
    var book = new Rulebook(List.copyOf(rules), Map.of(OTHER_TEAM, OTHER_QUEUE),
        Map.of(Letter.QUEUE, Optional.of(Letter.TEAM), OTHER_QUEUE, Optional.of(OTHER_TEAM), LONE_QUEUE, Optional.empty()), desks, Map.of());
    return Router.decide(book, letter.facts(), 1_000);
  }

  private static List<String> held(Decision decision) {
    return decision.rulings().stream().filter(Ruling::held).map(Ruling::name).toList();
  }

  @Test
  void rulesAreAskedInTheirOrderAndTheLastOneWins() { // TH-16
    var low = new UUID(3, 1);
    var high = new UUID(3, 2);
    rule("one", ALWAYS, new Action.SetPriority(low)).rule("two", NEVER, new Action.Ignore()).rule("three", ALWAYS, new Action.SetPriority(high));

    var decision = decide(Letter.written());

    assertThat(decision.priority()).contains(high);
    assertThat(decision.entry()).isEqualTo(Decision.Entry.FILED);
    assertThat(held(decision)).containsExactly("one", "three");
    assertThat(decision.rulings()).extracting(Ruling::name).containsExactly("one", "two", "three");
  }

  @Test
  void aRuleThatStopsIsTheLastOne() {
    rule("one", null, null, NEVER, true).rule("two", null, null, ALWAYS, true, new Action.AddTags(List.of("a"))).rule("three", ALWAYS, new Action.Ignore());

    assertThat(held(decide(Letter.written()))).containsExactly("two");

    rules.clear();
    rule("one", ALWAYS, new Action.Stop(), new Action.AddTags(List.of("a"))).rule("two", ALWAYS, new Action.Ignore());

    var decision = decide(Letter.written());
    assertThat(held(decision)).containsExactly("one");
    assertThat(decision.tags()).containsExactly("a");
  }

  @Test
  void aMailIsIgnored() { // EH-26
    rule("one", ALWAYS, new Action.Ignore()).rule("two", ALWAYS, new Action.Quarantine());

    var decision = decide(Letter.written());

    assertThat(decision.entry()).isEqualTo(Decision.Entry.IGNORED);
    assertThat(held(decision)).containsExactly("one");
  }

  @Test
  void whatSomebodyLetInIsNotKeptOut() {
    rule("one", ALWAYS, new Action.Quarantine()).rule("two", ALWAYS, new Action.Ignore());

    var decision = decide(Letter.written().released());

    assertThat(decision.entry()).isEqualTo(Decision.Entry.FILED);
    assertThat(decision.rulings()).flatExtracting(Ruling::deeds).extracting(Deed::why).containsExactly("released", "released");
  }

  @Test
  void aTeamTakesAMailIntoItsQueueAssignedToNobody() { // EH-27
    rule("one", ALWAYS, new Action.RouteToAgent(INSIDER), new Action.RouteToTeam(OTHER_TEAM));

    var decision = decide(Letter.written());

    assertThat(decision.place()).contains(new Place(OTHER_TEAM, OTHER_QUEUE));
    assertThat(decision.assignee()).isEmpty();
  }

  @Test
  void aQueueOfNoTeamLeavesTheTicketToItsTeam() {
    rule("one", ALWAYS, new Action.RouteToQueue(LONE_QUEUE));

    assertThat(decide(Letter.written()).place()).contains(new Place(Letter.TEAM, LONE_QUEUE));
  }

  @Test
  void anAgentGetsWhatTheAgentSees() { // EH-28
    rule("one", ALWAYS, new Action.RouteToAgent(INSIDER));
    assertThat(decide(Letter.written()).assignee()).contains(INSIDER);
    assertThat(decide(Letter.written()).place()).isEmpty();

    rules.clear();
    rule("one", ALWAYS, new Action.RouteToAgent(OUTSIDER));
    assertThat(decide(Letter.written()).assignee()).contains(OUTSIDER);
    assertThat(decide(Letter.written()).place()).contains(new Place(OTHER_TEAM, OTHER_QUEUE));

    rules.clear();
    rule("one", ALWAYS, new Action.RouteToAgent(IDLER));
    assertThat(decide(Letter.written()).assignee()).isEmpty();
    assertThat(decide(Letter.written()).rulings().getFirst().deeds()).containsExactly(new Deed("route-to-agent", IDLER.toString(), "agent-without-queue"));
  }

  @Test
  void anAgentKeepsATicketThatIsMovedOnlyWhereTheAgentSeesIt() {
    rule("one", ALWAYS, new Action.RouteToAgent(OUTSIDER), new Action.RouteToQueue(LONE_QUEUE));
    assertThat(decide(Letter.written()).assignee()).contains(OUTSIDER);

    rules.clear();
    rule("one", ALWAYS, new Action.RouteToAgent(OUTSIDER), new Action.RouteToQueue(Letter.QUEUE));
    assertThat(decide(Letter.written()).assignee()).isEmpty();
  }

  @Test
  void anAnswerOpensATicketOfItsOwnWhereARuleSaysSo() { // EH-29
    rule("one", ALWAYS, new Action.AddTags(List.of("order")), new Action.CreateNewTicket());

    assertThat(decide(Letter.written().continuing()).newTicket()).isTrue();
    assertThat(decide(Letter.written().continuing()).tags()).containsExactly("order");
    assertThat(decide(Letter.written()).newTicket()).isFalse();
    assertThat(decide(Letter.written()).rulings().getFirst().deeds()).extracting(Deed::why).containsExactly(null, "already-new");
  }

  @Test
  void anAnswerChangesNothingOfItsTicket() {
    rule("one", ALWAYS, new Action.RouteToTeam(OTHER_TEAM), new Action.AddTags(List.of("a")));

    var decision = decide(Letter.written().continuing());

    assertThat(decision.place()).isEmpty();
    assertThat(decision.tags()).isEmpty();
    assertThat(decision.rulings().getFirst().deeds()).extracting(Deed::why).containsOnly("continues-a-ticket");
  }

  @Test
  void theRulesOfAPlaceAreAskedWhileTheTicketWouldLieThere() {
    rule("elsewhere", OTHER_TEAM, null, ALWAYS, false, new Action.Ignore())
        .rule("here", Letter.TEAM, Letter.QUEUE, ALWAYS, false, new Action.RouteToTeam(OTHER_TEAM))
        .rule("here no more", Letter.TEAM, null, ALWAYS, false, new Action.Ignore())
        .rule("there now", null, OTHER_QUEUE, ALWAYS, false, new Action.AddTags(List.of("moved")));

    var decision = decide(Letter.written());

    assertThat(held(decision)).containsExactly("here", "there now");
    assertThat(decision.tags()).containsExactly("moved");
  }

  @Test
  void theReasonsSayWhatWasLookedAtAndFound() {
    rule("one", new All(List.of(new SubjectContains("heating"), new Condition.SenderIs("bob@customer.example"), new Condition.HasAttachment())), new Action.Ignore());

    var ruling = decide(Letter.written()).rulings().getFirst();

    assertThat(ruling.held()).isFalse();
    assertThat(ruling.deeds()).isEmpty();
    assertThat(ruling.tests()).hasSize(2);
    assertThat(ruling.tests().get(0).found()).isEqualTo("The heating is off");
    assertThat(ruling.tests().get(0).held()).isTrue();
    assertThat(ruling.tests().get(1).asked()).isEqualTo("bob@customer.example");
    assertThat(ruling.tests().get(1).found()).isEqualTo("Anna@customer.example");
  }

  @Test
  void theSameFactsUnderTheSameRulesGiveTheSameDecision() {
    rule("one", new SubjectContains("heating"), new Action.RouteToTeam(OTHER_TEAM), new Action.AddTags(List.of("b", "a", "c")));

    assertThat(decide(Letter.written())).isEqualTo(decide(Letter.written()));
  }

  @Test
  void whatIsGoneIsNotRoutedTo() {
    rule("one", ALWAYS, new Action.RouteToQueue(UUID.randomUUID()), new Action.RouteToTeam(UUID.randomUUID()), new Action.RouteToAgent(UUID.randomUUID()));

    var decision = decide(Letter.written());

    assertThat(decision.place()).isEmpty();
    assertThat(decision.rulings().getFirst().deeds()).extracting(Deed::why).containsOnly("no-such-target");
  }
}
