package dev.posthorn.stats;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Figures.
@ConfigMapping(prefix = "posthorn.stats")
public interface StatsConfig {
  /// Days of one look.
  @WithDefault("400")
  int maxDays();

  /// Queues, agents, teams or channels in one answer, those with the most tickets first.
  @WithDefault("1000")
  int maxGroups();
}
