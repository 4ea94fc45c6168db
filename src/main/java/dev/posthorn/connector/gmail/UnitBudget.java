package dev.posthorn.connector.gmail;

import java.time.Duration;

/// The quota units of one user, of which so many grow back each minute. Time is the machine's monotonic one.
final class UnitBudget {
  private static final double MINUTE = 60e9;

  private final int perMinute;
  private double left;
  private long at = System.nanoTime();

  UnitBudget(int perMinute) {
    this.perMinute = perMinute;
    this.left = perMinute;
  }

  /// Takes these units, if need be on credit.
  ///
  /// @return how long to wait until they are there
  synchronized Duration take(int units) {
    long now = System.nanoTime();
    left = Math.min(perMinute, left + (now - at) / MINUTE * perMinute);
    at = now;
    left -= units;
    return left >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-left / perMinute * MINUTE));
  }

  /// They were not needed.
  synchronized void giveBack(int units) {
    left = Math.min(perMinute, left + units);
  }
}
