package dev.posthorn.desk;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How tickets are offered to agents.
@ConfigMapping(prefix = "posthorn.desk")
public interface DeskConfig {
  /// Whether this process offers tickets.
  @WithDefault("true")
  boolean enabled();

  /// How often a tenant's waiting tickets and available agents are looked at, while anybody is available.
  @WithDefault("1s")
  Duration interval();

  /// How often to look for tenants that are due.
  @WithDefault("500ms")
  Duration pollInterval();

  /// A tenant whose round a node has begun is nobody else's for so long.
  @WithDefault("30s")
  Duration lease();

  /// Tenants of one claim.
  @WithDefault("20")
  int batch();

  /// Tickets of one queue that are looked at in one round, at least; one more for each agent.
  @WithDefault("100")
  int waiting();

  /// Tickets that an agent has at once, accepted and offered, unless the agent's own capacity says otherwise.
  @WithDefault("5")
  int capacity();

  /// Who rejected a ticket is not offered it again for so long.
  @WithDefault("15m")
  Duration rejectionHolds();
}
