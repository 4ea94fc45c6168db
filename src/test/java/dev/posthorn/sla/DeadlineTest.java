package dev.posthorn.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.sla.Clocks.State;
import dev.posthorn.sla.Course.Pause;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
  private static final Times TIMES = new Times(60, 240, 480);
  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, RUNNING", "60, RUNNING", "61, BREACHED"})
  void theReactionIsDueUntilSomebodyAnswers(int minutes, State state) { // TH-36
    var reaction = read(null, List.of(), null, minutes).reaction();

    assertThat(reaction.state()).isEqualTo(state);
    assertThat(reaction.dueAt()).isEqualTo(after(60));
  }

  @ParameterizedTest
  @CsvSource({"30, MET", "60, MET", "90, BREACHED"})
  void anAnswerStopsTheReactionForGood(int answered, State state) { // TH-36
    assertThat(read(after(answered), List.of(), null, 10_000).reaction().state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"0, RUNNING", "239, RUNNING", "240, WARNING", "480, WARNING", "481, BREACHED"})
  void theCompletionWarnsAndIsThenBreached(int minutes, State state) { // TH-37, TH-38
    var completion = read(null, List.of(), null, minutes).completion();

    assertThat(completion.state()).isEqualTo(state);
    assertThat(completion.alarmAt()).isEqualTo(after(240));
    assertThat(completion.dueAt()).isEqualTo(after(480));
  }

  @Test
  void whileItWaitsForTheCustomerTheCompletionStandsStill() {
    var waiting = read(after(10), List.of(new Pause(after(10), null)), null, 5_000).completion();
    var back = read(after(10), List.of(new Pause(after(10), after(1_010))), null, 1_200).completion();

    assertThat(waiting.state()).isEqualTo(State.PAUSED);
    assertThat(waiting.dueAt()).isNull();
    assertThat(back.state()).isEqualTo(State.RUNNING);
    assertThat(back.dueAt()).isEqualTo(after(1_480));
    assertThat(back.alarmAt()).isEqualTo(after(1_240));
  }

  @Test
  void pausesAddUp() {
    var pauses = List.of(new Pause(after(100), after(200)), new Pause(after(300), after(450)));

    assertThat(read(null, pauses, null, 460).completion().dueAt()).isEqualTo(after(480 + 250));
  }

  @Test
  void aPauseAfterTheBreachDoesNotUndoIt() {
    assertThat(read(null, List.of(new Pause(after(500), null)), null, 600).completion().state()).isEqualTo(State.BREACHED);
  }

  @Test
  void whatIsSolvedInTimeIsMetForGood() {
    var solved = read(after(10), List.of(new Pause(after(400), null)), after(400), 100_000).completion();

    assertThat(solved.state()).isEqualTo(State.MET);
  }

  @Test
  void whatIsReopenedGoesOnWithTheTimeItHadLeft() {
    var reopened = read(after(10), List.of(new Pause(after(400), after(2_000))), null, 2_010).completion();

    assertThat(reopened.state()).isEqualTo(State.WARNING);
    assertThat(reopened.dueAt()).isEqualTo(after(2_080));
  }

  @Test
  void onlyTheHoursOfTheCalendarCount() {
    var zone = ZoneId.of("Europe/Berlin");
    var hours = BusinessHoursTest.week(zone, Set.of(), BusinessHoursTest.span(9, 17));
    var friday = LocalDateTime.of(2026, 10, 23, 16, 0).atZone(zone).toInstant();

    // Over the weekend on which summer time ends: one hour on Friday, seven on Monday.
    var clocks = Deadline.read(TIMES, hours, new Course(friday, null, List.of(), null), friday);

    assertThat(clocks.completion().dueAt()).isEqualTo(LocalDateTime.of(2026, 10, 26, 16, 0).atZone(zone).toInstant());
  }

  @Test
  void withoutTimesThereAreNoClocks() {
    assertThat(Deadline.read(Times.NONE, BusinessHours.ALWAYS, new Course(START, null, List.of(), null), START)).isEqualTo(Clocks.NONE);
  }

  @Test
  void theNextLookIsWhenSomethingChangesByItself() {
    assertThat(read(null, List.of(), null, 0).next()).contains(after(60));
    assertThat(read(null, List.of(), null, 100).next()).contains(after(240));
    assertThat(read(null, List.of(), null, 300).next()).contains(after(480));
    assertThat(read(null, List.of(), null, 481).next()).isEmpty();
    assertThat(read(after(5), List.of(new Pause(after(10), null)), null, 20).next()).isEmpty();
  }

  private static Clocks read(Instant reactedAt, List<Pause> pauses, Instant endedAt, int minutes) {
    return Deadline.read(TIMES, BusinessHours.ALWAYS, new Course(START, reactedAt, pauses, endedAt), after(minutes));
  }

  private static Instant after(int minutes) {
    return START.plusSeconds(minutes * 60L);
  }
}
