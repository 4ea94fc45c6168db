package dev.posthorn.outbox;

import dev.posthorn.tenant.Loop;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// How much mail waits to leave and for how long the oldest has: `posthorn.mail.outbound.waiting` (mails) and
/// `posthorn.mail.outbound.oldest.seconds`, read every so often so that a scrape costs the database nothing.
@ApplicationScoped
class OutboundBacklog {
  private final Outbox outbox;
  private final OutboxConfig config;
  private final Clock clock;
  private volatile Outbox.Backlog last = new Outbox.Backlog(0, Optional.empty());
  private Loop loop;

  OutboundBacklog(Outbox outbox, OutboxConfig config, Clock clock, MeterRegistry meters) {
    this.outbox = outbox;
    this.config = config;
    this.clock = clock;
    meters.gauge("posthorn.mail.outbound.waiting", this, gauge -> gauge.last.waiting());
    meters.gauge("posthorn.mail.outbound.oldest.seconds", this, OutboundBacklog::age);
  }

  void start(@Observes @Priority(Loop.START) StartupEvent start) {
    loop = Loop.start("posthorn-outbound-backlog", config.backlogInterval(), () -> {
      last = outbox.backlog();
      return false;
    });
  }

  void stop(@Observes ShutdownEvent stop) {
    loop.close();
  }

  private double age() {
    return last.oldest().map(oldest -> Duration.between(oldest, clock.instant()).toSeconds()).orElse(0L);
  }
}
