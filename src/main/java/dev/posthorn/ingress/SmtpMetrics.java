package dev.posthorn.ingress;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// What the SMTP listener tells about itself; the one place with the names of its meters.
///
/// | meter | tags | counts |
/// |---|---|---|
/// | `posthorn.smtp.sessions` | `outcome`: accepted, refused | connections, by whether they were within the limits |
/// | `posthorn.smtp.connections` | | sessions at the moment |
/// | `posthorn.smtp.recipients` | `outcome`: accepted, unknown, invalid, too-many, failed | answers to RCPT |
/// | `posthorn.smtp.messages` | `outcome`: stored, too-large, line-too-long, looping, failed, aborted | ends of DATA; too-large also at MAIL |
/// | `posthorn.smtp.message.size` | | octets of stored mails |
/// | `posthorn.smtp.storing` | | time that the house took to store a mail |
/// | `posthorn.smtp.handshakes` | `outcome`: done, failed | STARTTLS |
final class SmtpMetrics {

  private final MeterRegistry registry;
  private final DistributionSummary size;
  private final Timer storing;

  SmtpMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.size = DistributionSummary.builder("posthorn.smtp.message.size").baseUnit("bytes").register(registry);
    this.storing = registry.timer("posthorn.smtp.storing");
  }

  void watch(Number sessions) {
    registry.gauge("posthorn.smtp.connections", sessions);
  }

  void session(String outcome) {
    registry.counter("posthorn.smtp.sessions", "outcome", outcome).increment();
  }

  void recipient(String outcome) {
    registry.counter("posthorn.smtp.recipients", "outcome", outcome).increment();
  }

  void message(String outcome) {
    registry.counter("posthorn.smtp.messages", "outcome", outcome).increment();
  }

  void handshake(String outcome) {
    registry.counter("posthorn.smtp.handshakes", "outcome", outcome).increment();
  }

  void stored(long octets) {
    message("stored");
    size.record(octets);
  }

  Timer storing() {
    return storing;
  }
}
