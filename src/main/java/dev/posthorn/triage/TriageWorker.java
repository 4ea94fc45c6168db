package dev.posthorn.triage;

import dev.posthorn.intake.Landed;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.IntStream;

/// Keeps triage going: some loops that look for due mail at once when one has landed here, else at every interval.
@ApplicationScoped
class TriageWorker implements Worker {
  private final TriageConfig config;
  private final List<Loop> loops;

  TriageWorker(Triage triage, TriageConfig config) {
    this.config = config;
    this.loops = IntStream.range(0, config.workers())
        .mapToObj(number -> new Loop("posthorn-triage-" + number, config.pollInterval(), triage::round))
        .toList();
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? loops : List.of();
  }

  /// A free loop takes it; a busy one looks again by itself.
  void wake(@Observes Landed landed) {
    loops.forEach(Loop::wake);
  }
}
