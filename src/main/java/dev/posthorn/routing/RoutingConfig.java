package dev.posthorn.routing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How many rules there may be, and how much they may ask.
@ConfigMapping(prefix = "posthorn.routing")
public interface RoutingConfig {
  /// Rules of one tenant.
  @WithDefault("200")
  int maxRules();

  /// Conditions of one rule, with those in them.
  @WithDefault("50")
  int maxConditions();

  /// How deep conditions may stand in conditions.
  @WithDefault("8")
  int maxDepth();

  /// Actions of one rule.
  @WithDefault("20")
  int maxActions();

  /// How much of a mail's text rules look at; what stands behind says nothing. Characters.
  @WithDefault("100000")
  int maxText();

  /// Past mails that one request tries rules on; the answer says where to go on.
  @WithDefault("50")
  int maxSimulatedMails();

  /// How long one request may try rules on past mail; the answer then says where to go on.
  @WithDefault("10s")
  Duration simulationTimeout();
}
