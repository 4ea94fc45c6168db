package dev.posthorn.trust;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// When a program of ours falls silent, and when mail stops making tickets.
@ConfigMapping(prefix = "posthorn.budget")
public interface BudgetConfig {
  /// Mails of one sender to one channel with one subject that open tickets within `loop-window`; more go into the last of
  /// these tickets until the sender is quiet.
  @WithDefault("20")
  int loopMost();

  /// The same for mails that a program wrote.
  @WithDefault("5")
  int loopMostAutomatic();

  /// The span of time in which such mails are counted.
  @WithDefault("1h")
  Duration loopWindow();

  /// How long nothing may come before an open loop is closed again.
  @WithDefault("1h")
  Duration loopQuiet();

  /// Confirmations to one address within `confirmation-window`.
  @WithDefault("3")
  int confirmationsPerAddress();

  /// Confirmations of one tenant to addresses that are not proven, within `confirmation-window`.
  @WithDefault("60")
  int confirmationsUnproven();

  /// The span of time in which confirmations are counted.
  @WithDefault("1h")
  Duration confirmationWindow();
}
