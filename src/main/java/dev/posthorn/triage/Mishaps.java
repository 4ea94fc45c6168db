package dev.posthorn.triage;

import dev.posthorn.intake.InboundMails;
import dev.posthorn.intake.InboundState;
import dev.posthorn.outbox.Backoff;
import dev.posthorn.tenant.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/// A mail could not be filed: a bug of ours, or trouble of the world. It is tried again with growing pauses, and after the
/// last try it is `failed`: kept, visible, counted, repeatable.
@ApplicationScoped
class Mishaps {
  private static final Logger LOG = Logger.getLogger(Mishaps.class);

  private final InboundMails inboundMails;
  private final TriageConfig config;
  private final Clock clock;
  private final MeterRegistry meters;

  Mishaps(InboundMails inboundMails, TriageConfig config, Clock clock, MeterRegistry meters) {
    this.inboundMails = inboundMails;
    this.config = config;
    this.clock = clock;
    this.meters = meters;
  }

  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void happened(UUID id, Throwable why) {
    var incident = Ids.next();
    LOG.errorf(why, "Inbound mail %s could not be filed, incident %s", id, incident);
    meters.counter("posthorn.mail.mishaps").increment();
    var backoff = new Backoff(config.firstPause(), config.longestPause());
    for (var row : inboundMails.lockPending(List.of(id))) {
      if (row.attempts >= config.maxAttempts()) {
        row.settle(InboundState.FAILED, "incident " + incident, null, null, clock.instant());
        meters.counter("posthorn.mail.filed", "outcome", InboundState.FAILED.word()).increment();
      } else {
        var pause = backoff.after(Math.max(1, row.attempts), ThreadLocalRandom.current().nextDouble());
        row.postpone("incident " + incident, clock.instant().plus(pause));
      }
    }
  }
}
