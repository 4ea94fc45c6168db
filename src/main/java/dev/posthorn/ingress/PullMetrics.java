package dev.posthorn.ingress;

import dev.posthorn.connector.Step;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Counts how the reading of mailboxes goes: `posthorn.mailbox.pulls` by outcome, `posthorn.mailbox.mails`.
@ApplicationScoped
class PullMetrics {
  private final MeterRegistry meters;

  PullMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  /// Counted from nothing on: of a series that begins at its first event, nobody sees that one rise.
  void countFromNothing(@Observes StartupEvent start) {
    pulled(0);
    meters.counter("posthorn.mailbox.pulls", "outcome", "ok");
    for (var step : Step.values()) {
      meters.counter("posthorn.mailbox.pulls", "outcome", step.word());
    }
  }

  void pulled(int mails) {
    meters.counter("posthorn.mailbox.mails").increment(mails);
  }

  void succeeded() {
    meters.counter("posthorn.mailbox.pulls", "outcome", "ok").increment();
  }

  void failed(String step) {
    meters.counter("posthorn.mailbox.pulls", "outcome", step).increment();
  }
}
