package dev.posthorn.mail;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/// How long one mail may take. The clock is the caller's: a test can let it run as it likes.
final class TimeBudget {

  /// For what has no end to keep.
  static final TimeBudget NONE = new TimeBudget(InstantSource.fixed(Instant.EPOCH), Instant.MAX);

  private final InstantSource clock;
  private final Instant end;

  private TimeBudget(InstantSource clock, Instant end) {
    this.clock = clock;
    this.end = end;
  }

  /// Begins now.
  static TimeBudget of(MailLimits limits, InstantSource clock) {
    return new TimeBudget(clock, clock.instant().plus(limits.time()));
  }

  /// Called wherever much may follow: at each part, and at each buffer of bytes.
  ///
  /// @throws Spent when the time is over
  void check() throws Spent {
    if (clock.instant().isAfter(end)) {
      throw new Spent();
    }
  }

  /// The time is over.
  static final class Spent extends IOException {

    Spent() {
      super("the time for this mail is over");
    }
  }
}
