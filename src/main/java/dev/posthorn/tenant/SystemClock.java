package dev.posthorn.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/// The one clock. Everything that asks for the time takes it by injection. It ticks in microseconds, as PostgreSQL keeps
/// time: what was just written reads the same when it is read again, and so does its ETag.
@ApplicationScoped
class SystemClock {
  private static final Duration MICROSECOND = Duration.ofNanos(1_000);

  @Produces
  @ApplicationScoped
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), MICROSECOND);
  }
}
