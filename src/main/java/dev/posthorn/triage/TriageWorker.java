package dev.posthorn.triage;

import dev.posthorn.intake.Landed;
import dev.posthorn.tenant.Loop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.IntStream;

/// Keeps triage going: some loops that look for due mail at once when one has landed here, else at every interval.
@ApplicationScoped
class TriageWorker {
  private final Triage triage;
  private final TriageConfig config;
  private List<Loop> loops = List.of();

  TriageWorker(Triage triage, TriageConfig config) {
    this.triage = triage;
    this.config = config;
  }

  /// After everything that may refuse to start.
  void start(@Observes @Priority(Loop.START) StartupEvent start) {
    if (config.enabled()) {
      loops = IntStream.range(0, config.workers())
          .mapToObj(number -> Loop.start("posthorn-triage-" + number, config.pollInterval(), triage::round))
          .toList();
    }
  }

  void stop(@Observes ShutdownEvent stop) {
    stop();
  }

  /// A start that failed has no [ShutdownEvent].
  @PreDestroy
  void stop() {
    loops.forEach(Loop::close);
  }

  /// A free loop takes it; a busy one looks again by itself.
  void wake(@Observes Landed landed) {
    loops.forEach(Loop::wake);
  }
}
