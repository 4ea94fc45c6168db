package dev.posthorn.sla;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// How a ticket's two clocks stand.
///
/// @param reaction null where its priority has no such time, as the completion
public record Clocks(Reaction reaction, Completion completion) {
  public static final Clocks NONE = new Clocks(null, null);

  /// How a clock stands.
  public enum State {
    RUNNING, WARNING, BREACHED, MET, PAUSED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// @param dueAt until when somebody has to answer
  public record Reaction(State state, Instant dueAt) {}

  /// @param alarmAt null where there is no alarm, or while the clock stands still
  /// @param dueAt null while the clock stands still: nobody knows yet
  public record Completion(State state, Instant alarmAt, Instant dueAt) {}

  /// When a state will change by itself next, if nothing else happens.
  public Optional<Instant> next() {
    var reacts = reaction != null && reaction.state == State.RUNNING ? Stream.of(reaction.dueAt) : Stream.<Instant>empty();
    return Stream.concat(reacts, completes()).min(Instant::compareTo);
  }

  private Stream<Instant> completes() {
    return completion == null ? Stream.empty() : switch (completion.state) {
      case RUNNING -> Stream.of(completion.alarmAt == null ? completion.dueAt : completion.alarmAt);
      case WARNING -> Stream.of(completion.dueAt);
      case BREACHED, MET, PAUSED -> Stream.empty();
    };
  }
}
