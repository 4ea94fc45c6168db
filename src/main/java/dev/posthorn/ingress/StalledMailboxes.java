package dev.posthorn.ingress;

import dev.posthorn.channel.MailboxFigures;
import dev.posthorn.channel.MailboxPull;
import dev.posthorn.channel.MailboxPulls;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Makes noise when a mailbox stands still (P-03): an event and a mail to the admins, once; the metrics
/// `posthorn.mailbox.oldest.success.seconds` and `posthorn.mailbox.mailboxes` by state; and the health of the service, at
/// `/q/health/well`, where it takes no process out of service: another one could not read it either.
@Wellness
@ApplicationScoped
class StalledMailboxes implements HealthCheck, Worker {
  private static final int AT_ONCE = 50;

  private final MailboxPulls pulls;
  private final MailboxFigures figures;
  private final PullConfig config;
  private final Clock clock;
  private volatile MailboxFigures.Figures last = new MailboxFigures.Figures(Map.of(), Optional.empty());

  StalledMailboxes(MailboxPulls pulls, MailboxFigures figures, PullConfig config, Clock clock, MeterRegistry meters) {
    this.pulls = pulls;
    this.figures = figures;
    this.config = config;
    this.clock = clock;
    meters.gauge("posthorn.mailbox.oldest.success.seconds", this, StalledMailboxes::age);
    for (var state : List.of(MailboxPull.CONNECTED, MailboxPull.FAILING, MailboxPull.NEEDS_REAUTHORIZATION)) {
      meters.gauge("posthorn.mailbox.mailboxes", List.of(Tag.of("state", state)), this,
          mailboxes -> mailboxes.last.byState().getOrDefault(state, 0L));
    }
  }

  @Override
  public List<Loop> loops() {
    return List.of(new Loop("posthorn-stalled-mailboxes", config.stalledInterval(), this::round));
  }

  /// @return whether there may be more
  boolean round() {
    last = figures.now();
    var before = clock.instant().minus(config.stalledAfter());
    var stalled = pulls.stalled(before, AT_ONCE);
    stalled.forEach(claim -> Tenancy.run(claim.tenant(), () -> pulls.stall(claim.mailboxId(), before)));
    return stalled.size() == AT_ONCE;
  }

  private double age() {
    return last.oldestSuccess().map(oldest -> Duration.between(oldest, clock.instant()).toSeconds()).orElse(0L);
  }

  @Override
  public HealthCheckResponse call() {
    var seen = last;
    var answer = HealthCheckResponse.named("mailboxes").status(age() <= config.stalledAfter().toSeconds())
        .withData("oldestSuccessSeconds", (long) age());
    seen.byState().forEach(answer::withData);
    return answer.build();
  }
}
