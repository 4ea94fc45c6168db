package dev.posthorn.sla;

import java.time.Instant;
import java.util.List;

/// What happened to a ticket, as far as its clocks care.
///
/// @param reactedAt when somebody first answered, or ended it without; null while nobody has
/// @param pauses spans in which the completion's clock stood still: it waited for the customer, or was solved; in their order,
///     only the last one may be open
/// @param endedAt since when it is solved or closed; null while it is not
public record Course(Instant startedAt, Instant reactedAt, List<Pause> pauses, Instant endedAt) {
  /// @param to null while it lasts
  public record Pause(Instant from, Instant to) {}
}
