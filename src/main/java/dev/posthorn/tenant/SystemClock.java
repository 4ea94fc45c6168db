package dev.posthorn.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// The one clock. Everything that asks for the time takes it by injection. It ticks in microseconds, as the database keeps
/// time: what is shown when a row is written is what is shown when it is read again.
@ApplicationScoped
class SystemClock {
  @Produces
  @ApplicationScoped
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
  }
}
