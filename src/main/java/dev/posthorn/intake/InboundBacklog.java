package dev.posthorn.intake;

import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How much mail waits to be filed and for how long the oldest has: `posthorn.mail.inbound.waiting` (mails) and
/// `posthorn.mail.inbound.oldest.seconds`, read every so often so that a scrape costs the database nothing. Held mail counts:
/// it waits.
@ApplicationScoped
class InboundBacklog implements Worker {
  private final InboundMails mails;
  private final IntakeConfig config;
  private final Clock clock;
  private volatile InboundMails.Backlog last = new InboundMails.Backlog(0, Optional.empty());

  InboundBacklog(InboundMails mails, IntakeConfig config, Clock clock, MeterRegistry meters) {
    this.mails = mails;
    this.config = config;
    this.clock = clock;
    meters.gauge("posthorn.mail.inbound.waiting", this, gauge -> gauge.last.waiting());
    meters.gauge("posthorn.mail.inbound.oldest.seconds", this, InboundBacklog::age);
  }

  @Override
  public List<Loop> loops() {
    return List.of(new Loop("posthorn-inbound-backlog", config.backlogInterval(), this::look));
  }

  private boolean look() {
    last = mails.backlog();
    return false;
  }

  private double age() {
    return last.oldest().map(oldest -> Duration.between(oldest, clock.instant()).toSeconds()).orElse(0L);
  }
}
