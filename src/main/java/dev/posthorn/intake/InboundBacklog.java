package dev.posthorn.intake;

import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How much mail waits to be filed and for how long the oldest has: `posthorn.mail.inbound.waiting` (mails) and
/// `posthorn.mail.inbound.oldest.seconds`, read every so often so that a scrape costs the database nothing. Held mail waits for a person and
/// not for us: `posthorn.mail.inbound.held`. `posthorn.mail.inbound.figures.age.seconds` says how old all that is: it grows while the database is
/// away.
@ApplicationScoped
class InboundBacklog implements Worker {
  private final InboundMails mails;
  private final IntakeConfig config;
  private final Clock clock;
  private volatile InboundMails.Backlog last;

  InboundBacklog(InboundMails mails, IntakeConfig config, Clock clock, MeterRegistry meters) {
    this.mails = mails;
    this.config = config;
    this.clock = clock;
    this.last = new InboundMails.Backlog(0, Optional.empty(), 0, clock.instant());
    meters.gauge("posthorn.mail.inbound.waiting", this, gauge -> gauge.last.waiting());
    meters.gauge("posthorn.mail.inbound.oldest.seconds", this, gauge -> gauge.last.oldest().map(gauge::since).orElse(0L));
    meters.gauge("posthorn.mail.inbound.held", this, gauge -> gauge.last.held());
    meters.gauge("posthorn.mail.inbound.figures.age.seconds", this, gauge -> gauge.since(gauge.last.at()));
  }

  @Override
  public List<Loop> loops() {
    return List.of(new Loop("posthorn-inbound-backlog", config.backlogInterval(), this::look));
  }

  private boolean look() {
    last = mails.backlog();
    return false;
  }

  private long since(Instant then) {
    return Duration.between(then, clock.instant()).toSeconds();
  }
}
