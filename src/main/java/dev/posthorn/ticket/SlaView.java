package dev.posthorn.ticket;

import dev.posthorn.sla.Clocks;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A ticket's clocks as they stand at the moment.
///
/// @param reaction until somebody has answered (TH-36); null where the priority has no such time, as the completion
/// @param completion until it is solved (TH-37, TH-38)
@Schema(name = "Sla")
public record SlaView(ReactionView reaction, CompletionView completion) {
  /// @param state `running`, `met` or `breached`
  @Schema(name = "ReactionClock")
  public record ReactionView(String state, Instant dueAt) {}

  /// @param state `running`, `warning`, `paused`, `met` or `breached`
  /// @param alarmAt null where there is no alarm, or nobody can say while it is paused
  /// @param dueAt null while it is paused
  @Schema(name = "CompletionClock")
  public record CompletionView(String state, Instant alarmAt, Instant dueAt) {}

  static SlaView of(Clocks clocks) {
    var reaction = clocks.reaction();
    var completion = clocks.completion();
    return new SlaView(
        reaction == null ? null : new ReactionView(reaction.state().word(), reaction.dueAt()),
        completion == null ? null : new CompletionView(completion.state().word(), completion.alarmAt(), completion.dueAt()));
  }
}
