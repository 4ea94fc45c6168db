package dev.posthorn.sla;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// When people are at work: spans of local time on the days of a week, in one time zone, but not on holidays. Lengths are real
/// time: on the night that has an hour twice, a span over it is an hour longer. Pure.
public final class BusinessHours {
  /// Around the clock, on every day.
  public static final BusinessHours ALWAYS = new BusinessHours(null, Map.of(), Set.of());

  /// Days that are looked at before the answer is: never.
  private static final int MOST_DAYS = 366 * 10;

  /// A part of a working day.
  ///
  /// @param to not included; midnight means the end of the day
  public record Span(LocalTime from, LocalTime to) {
    /// @throws IllegalArgumentException where it ends before it begins
    public Span {
      if (!to.equals(LocalTime.MIDNIGHT) && !from.isBefore(to)) {
        throw new IllegalArgumentException("A span begins before it ends");
      }
    }
  }

  private record Work(Instant from, Instant to) {
    Duration length() {
      return Duration.between(from, to);
    }
  }

  private final ZoneId zone;
  private final Map<DayOfWeek, List<Span>> week;
  private final Set<LocalDate> holidays;

  private BusinessHours(ZoneId zone, Map<DayOfWeek, List<Span>> week, Set<LocalDate> holidays) {
    this.zone = zone;
    this.week = week;
    this.holidays = holidays;
  }

  /// @param week spans of one day do not overlap; a day that is missing has none
  /// @throws IllegalArgumentException where spans overlap, or there are none at all
  public static BusinessHours of(ZoneId zone, Map<DayOfWeek, List<Span>> week, Set<LocalDate> holidays) {
    Map<DayOfWeek, List<Span>> sorted = new EnumMap<>(DayOfWeek.class);
    week.forEach((day, spans) -> {
      var ordered = spans.stream().sorted(Comparator.comparing(Span::from)).toList();
      for (int i = 1; i < ordered.size(); i++) {
        var before = ordered.get(i - 1).to;
        if (before.equals(LocalTime.MIDNIGHT) || before.isAfter(ordered.get(i).from)) {
          throw new IllegalArgumentException("Spans of one day overlap");
        }
      }
      if (!ordered.isEmpty()) {
        sorted.put(day, ordered);
      }
    });
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("There is no working time at all");
    }
    return new BusinessHours(zone, sorted, Set.copyOf(holidays));
  }

  /// The moment when so much working time has passed since another one; nothing where that is not within ten years, since
  /// every day may be a holiday.
  public Optional<Instant> plus(Instant start, Duration working) {
    if (zone == null) {
      return Optional.of(start.plus(working));
    }
    var left = working;
    var day = start.atZone(zone).toLocalDate();
    for (int days = 0; days < MOST_DAYS; days++, day = day.plusDays(1)) {
      for (var work : on(day)) {
        var from = work.from.isAfter(start) ? work.from : start;
        if (from.isBefore(work.to)) {
          var here = Duration.between(from, work.to);
          if (here.compareTo(left) >= 0) {
            return Optional.of(from.plus(left));
          }
          left = left.minus(here);
        }
      }
    }
    return Optional.empty();
  }

  /// How much working time lies between two moments; none where the second is not after the first.
  public Duration between(Instant from, Instant to) {
    if (!from.isBefore(to)) {
      return Duration.ZERO;
    }
    if (zone == null) {
      return Duration.between(from, to);
    }
    var sum = Duration.ZERO;
    var last = to.atZone(zone).toLocalDate();
    for (var day = from.atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
      for (var work : on(day)) {
        var begin = work.from.isAfter(from) ? work.from : from;
        var end = work.to.isBefore(to) ? work.to : to;
        if (begin.isBefore(end)) {
          sum = sum.plus(Duration.between(begin, end));
        }
      }
    }
    return sum;
  }

  /// Whether people are at work then.
  public boolean include(Instant moment) {
    return zone == null || on(moment.atZone(zone).toLocalDate()).stream().anyMatch(work -> !moment.isBefore(work.from) && moment.isBefore(work.to));
  }

  /// The spans of a day as moments. One that a jump of the clocks swallows whole is not there.
  private List<Work> on(LocalDate day) {
    if (holidays.contains(day)) {
      return List.of();
    }
    return week.getOrDefault(day.getDayOfWeek(), List.of()).stream()
        .map(span -> new Work(
            day.atTime(span.from).atZone(zone).toInstant(),
            (span.to.equals(LocalTime.MIDNIGHT) ? day.plusDays(1).atStartOfDay(zone) : day.atTime(span.to).atZone(zone)).toInstant()))
        .filter(work -> work.length().isPositive())
        .toList();
  }
}
