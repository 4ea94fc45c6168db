package dev.posthorn.stats;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Figures of a span of days.
///
/// @param to the last day
/// @param timeZone in which days begin: the tenant's
/// @param by `day`, `queue`, `team`, `agent` or `channel`
/// @param total of the whole span
/// @param items days in their order; others by how many tickets were opened, the most first
@Schema(name = "Stats")
public record StatsView(LocalDate from, LocalDate to, String timeZone, String by, Figures total, List<Item> items) {
  /// @param key the day, or the id of a queue, team, agent or channel; null for tickets of nobody
  /// @param name what that is called now; null for days, for nobody, and for what is gone
  @Schema(name = "StatsItem")
  public record Item(String key, String name, Figures figures) {}

  /// What happened in the span, to tickets as they stand now: one that was opened again is not ended.
  ///
  /// @param opened tickets that were opened
  /// @param received messages that came in
  /// @param sent messages that somebody wrote to customers
  /// @param reaction from the opening of a ticket to the first answer, of tickets first answered in the span
  /// @param completion from the opening to the end, of tickets that ended in the span
  /// @param backlog tickets that are not ended: at the end of a day, of other items now
  @Schema(name = "StatsFigures")
  public record Figures(long opened, long received, long sent, Times reaction, Times completion, long backlog) {}

  /// Times in seconds of the clock, nights and holidays included; null where there are none.
  @Schema(name = "StatsTimes")
  public record Times(long count, Long averageSeconds, Long medianSeconds, Long p90Seconds) {
    static final Times NONE = new Times(0, null, null, null);
  }

  /// Which tickets are counted; null for all.
  record Wanted(UUID queueId, UUID teamId, UUID agentId, UUID channelId) {}
}
