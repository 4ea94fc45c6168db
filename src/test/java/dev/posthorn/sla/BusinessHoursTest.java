package dev.posthorn.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthorn.sla.BusinessHours.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /// Monday to Friday 9 to 12 and 13 to 17, but not on Christmas.
  private static final BusinessHours OFFICE = week(BERLIN, Set.of(LocalDate.of(2026, 12, 25)), span(9, 12), span(13, 17));

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:00, 60, 2026-11-23T11:00",
    "2026-11-23T11:30, 60, 2026-11-23T13:30",
    "2026-11-23T16:30, 60, 2026-11-24T09:30",
    "2026-11-23T07:00, 60, 2026-11-23T10:00",
    "2026-11-23T12:15, 30, 2026-11-23T13:30",
    "2026-11-27T16:30, 60, 2026-11-30T09:30",
    "2026-11-28T12:00, 1, 2026-11-30T09:01",
    "2026-12-24T16:00, 120, 2026-12-28T10:00",
    "2026-11-23T09:00, 420, 2026-11-23T17:00",
    "2026-11-23T09:00, 2100, 2026-11-27T17:00",
    "2026-11-23T09:00, 180, 2026-11-23T12:00"})
  void workingTimeIsCountedOnWorkingDaysAlone(LocalDateTime start, int minutes, LocalDateTime end) {
    assertThat(OFFICE.plus(at(start), Duration.ofMinutes(minutes))).contains(at(end));
    assertThat(OFFICE.between(at(start), at(end))).isEqualTo(Duration.ofMinutes(minutes));
  }

  /// Summer time ends on 25 October 2026 and begins on 28 March 2027, both on a Sunday.
  @ParameterizedTest
  @CsvSource({
    "2026-10-25T00:00, 1500, 2026-10-26T00:00",
    "2027-03-28T00:00, 1380, 2027-03-29T00:00",
    "2027-03-28T01:30, 60, 2027-03-28T03:30"})
  void onTheNightsWhenClocksChangeTimeIsRealTime(LocalDateTime start, int minutes, LocalDateTime end) {
    var allDay = everyDay(BERLIN, new Span(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));

    assertThat(allDay.plus(at(start), Duration.ofMinutes(minutes))).contains(at(end));
    assertThat(allDay.between(at(start), at(end))).isEqualTo(Duration.ofMinutes(minutes));
  }

  @Test
  void aSpanThatTheClocksJumpOverIsNotThere() {
    var night = everyDay(BERLIN, new Span(LocalTime.of(2, 0), LocalTime.of(3, 0)));

    assertThat(night.plus(at(LocalDateTime.of(2027, 3, 28, 0, 0)), Duration.ofMinutes(30))).contains(at(LocalDateTime.of(2027, 3, 29, 2, 30)));
  }

  @Test
  void aSpanThatComesTwiceCountsTwice() {
    var night = everyDay(BERLIN, new Span(LocalTime.of(2, 0), LocalTime.of(3, 0)));
    var day = LocalDate.of(2026, 10, 25);

    assertThat(night.between(day.atStartOfDay(BERLIN).toInstant(), day.plusDays(1).atStartOfDay(BERLIN).toInstant())).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void whatIsAddedIsFoundBetween() {
    var random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      var start = at(LocalDateTime.of(2026, 1, 1, 0, 0)).plusSeconds(random.nextInt(366 * 86_400));
      var working = Duration.ofSeconds(1 + random.nextInt(500_000));

      assertThat(OFFICE.between(start, OFFICE.plus(start, working).orElseThrow())).isEqualTo(working);
    }
  }

  @Test
  void aroundTheClockIsPlainTime() {
    var start = Instant.parse("2026-11-22T10:00:00Z");

    assertThat(BusinessHours.ALWAYS.plus(start, Duration.ofMinutes(90))).contains(start.plusSeconds(5_400));
    assertThat(BusinessHours.ALWAYS.between(start, start.minusSeconds(1))).isZero();
  }

  @Test
  void wherePeopleNeverWorkNothingIsEverDue() {
    var start = LocalDate.of(2026, 1, 1);
    var hours = BusinessHours.of(BERLIN, Map.of(DayOfWeek.MONDAY, List.of(span(9, 17))),
        new java.util.HashSet<>(start.datesUntil(start.plusYears(11)).toList()));

    assertThat(hours.plus(start.atStartOfDay(BERLIN).toInstant(), Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void spansThatCannotBeAreRefused() {
    assertThatThrownBy(() -> span(17, 9)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> week(BERLIN, Set.of(), span(9, 12), span(11, 17))).hasMessageContaining("overlap");
    assertThatThrownBy(() -> week(BERLIN, Set.of(), new Span(LocalTime.of(9, 0), LocalTime.MIDNIGHT), span(11, 17))).hasMessageContaining("overlap");
    assertThatThrownBy(() -> BusinessHours.of(BERLIN, Map.of(), Set.of())).hasMessageContaining("no working time");
  }

  static BusinessHours week(ZoneId zone, Set<LocalDate> holidays, Span... spans) {
    var week = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
    for (int day = 1; day <= 5; day++) {
      week.put(DayOfWeek.of(day), List.of(spans));
    }
    return BusinessHours.of(zone, week, holidays);
  }

  private static BusinessHours everyDay(ZoneId zone, Span... spans) {
    var week = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      week.put(day, List.of(spans));
    }
    return BusinessHours.of(zone, week, Set.of());
  }

  static Span span(int from, int to) {
    return new Span(LocalTime.of(from, 0), LocalTime.of(to, 0));
  }

  private static Instant at(LocalDateTime local) {
    return local.atZone(BERLIN).toInstant();
  }
}
