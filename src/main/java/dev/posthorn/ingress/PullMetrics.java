package dev.posthorn.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/// Counts how the reading of mailboxes goes: `posthorn.mailbox.pulls` by outcome, `posthorn.mailbox.mails`.
@ApplicationScoped
class PullMetrics {
  private final MeterRegistry meters;

  PullMetrics(MeterRegistry meters) {
    this.meters = meters;
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
