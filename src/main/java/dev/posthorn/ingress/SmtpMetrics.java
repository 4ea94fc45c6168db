package dev.posthorn.ingress;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;

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
  private static final Map<String, List<String>> KNOWN = Map.of(
      "posthorn.smtp.sessions", List.of("accepted", "refused"), "posthorn.smtp.handshakes", List.of("done", "failed"),
      "posthorn.smtp.recipients", List.of("accepted", "unknown", "invalid", "too-many", "failed"),
      "posthorn.smtp.messages", List.of("stored", "too-large", "line-too-long", "looping", "failed", "aborted"));

  private final MeterRegistry registry;
  private final DistributionSummary size;
  private final Timer storing;

  SmtpMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.size = DistributionSummary.builder("posthorn.smtp.message.size").baseUnit("bytes").register(registry);
    this.storing = registry.timer("posthorn.smtp.storing");
    // Of a series that begins at its first event, nobody sees that one rise.
    KNOWN.forEach((meter, outcomes) -> outcomes.forEach(outcome -> registry.counter(meter, "outcome", outcome)));
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
