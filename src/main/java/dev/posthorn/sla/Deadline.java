package dev.posthorn.sla;

import dev.posthorn.sla.Clocks.Completion;
import dev.posthorn.sla.Clocks.Reaction;
import dev.posthorn.sla.Clocks.State;
import dev.posthorn.sla.Course.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads a ticket's clocks from what happened to it: nothing is counted along the way, so a changed priority, calendar or
/// rule is right at once, and for the past too. The reaction's clock never stands still; the completion's does while the
/// ticket waits for the customer and while it is solved. Pure.
public final class Deadline {
  private Deadline() {}

  public static Clocks read(Times times, BusinessHours hours, Course course, Instant now) {
    return new Clocks(reaction(times, hours, course, now).orElse(null), completion(times, hours, course, now).orElse(null));
  }

  /// TH-36.
  private static Optional<Reaction> reaction(Times times, BusinessHours hours, Course course, Instant now) {
    return after(times.reaction(), hours, course.startedAt(), List.of()).map(due -> {
      var until = course.reactedAt() != null ? course.reactedAt() : now;
      return new Reaction(until.isAfter(due) ? State.BREACHED : course.reactedAt() != null ? State.MET : State.RUNNING, due);
    });
  }

  /// TH-37, TH-38.
  private static Optional<Completion> completion(Times times, BusinessHours hours, Course course, Instant now) {
    if (times.completion() == null) {
      return Optional.empty();
    }
    var due = after(times.completion(), hours, course.startedAt(), course.pauses());
    var alarm = after(times.alarm(), hours, course.startedAt(), course.pauses());
    var breached = due.isPresent() && now.isAfter(due.get());
    if (breached) {
      return Optional.of(new Completion(State.BREACHED, alarm.orElse(null), due.get()));
    }
    if (course.endedAt() != null) {
      return Optional.of(new Completion(State.MET, alarm.orElse(null), due.orElse(null)));
    }
    if (due.isEmpty()) {
      return isPaused(course) ? Optional.of(new Completion(State.PAUSED, null, null)) : Optional.empty();
    }
    var warned = alarm.isPresent() && !now.isBefore(alarm.get());
    return Optional.of(new Completion(isPaused(course) ? State.PAUSED : warned ? State.WARNING : State.RUNNING, alarm.orElse(null), due.get()));
  }

  private static boolean isPaused(Course course) {
    return !course.pauses().isEmpty() && course.pauses().getLast().to() == null;
  }

  /// When the minutes will have been worked; nothing where there are none, or where an open pause comes before.
  private static Optional<Instant> after(Integer minutes, BusinessHours hours, Instant start, List<Pause> pauses) {
    if (minutes == null) {
      return Optional.empty();
    }
    var left = Duration.ofMinutes(minutes);
    var from = start;
    for (var pause : pauses) {
      var worked = hours.between(from, pause.from());
      if (worked.compareTo(left) >= 0) {
        return hours.plus(from, left);
      }
      left = left.minus(worked);
      if (pause.to() == null) {
        return Optional.empty();
      }
      from = pause.to().isAfter(from) ? pause.to() : from;
    }
    return hours.plus(from, left);
  }
}
