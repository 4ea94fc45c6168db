package dev.posthorn.outbox;

import java.time.Duration;

/// How long to wait before the next try: doubling from the first pause up to a ceiling, spread by jitter so that what
/// failed together does not come back together. Pure.
///
/// @param first the pause after the first try
/// @param ceiling the longest pause
public record Backoff(Duration first, Duration ceiling) {
  private static final int MAX_DOUBLINGS = 30;

  /// @param attempts tries made so far, at least 1
  /// @param random from 0 (inclusive) to 1 (exclusive); the pause lies between half and the whole of the step
  public Duration after(int attempts, double random) {
    int doublings = Math.clamp(attempts - 1L, 0, MAX_DOUBLINGS);
    long step = first.toMillis() << doublings;
    long bounded = step <= 0 || step > ceiling.toMillis() ? ceiling.toMillis() : step;
    return Duration.ofMillis(bounded / 2 + (long) (bounded / 2.0 * random));
  }
}
