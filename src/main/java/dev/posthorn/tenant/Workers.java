package dev.posthorn.tenant;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/// Everybody who works in this process: all start when it has started, all stop when it ends.
@ApplicationScoped
class Workers {
  private static final Logger LOG = Logger.getLogger(Workers.class);

  /// After every check of the configuration and after the doors are open, so that a start that is refused leaves nothing running
  /// behind it.
  private static final int START = 4_500;

  private final List<Worker> all;
  private List<List<Loop>> running = List.of();

  Workers(@All List<Worker> all) {
    this.all = all;
  }

  /// Nobody starts before all have said what they do: one who fails at it refuses the start of all.
  void start(@Observes @Priority(START) StartupEvent start) {
    running = all.stream().map(Worker::loops).toList();
    running.forEach(loops -> loops.forEach(Loop::start));
  }

  void stop(@Observes ShutdownEvent stop) {
    stop();
  }

  /// Waits for all. They stop side by side, so that the end takes as long as the slowest and not as long as all together.
  /// A start that failed has no [ShutdownEvent].
  @PreDestroy
  void stop() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      running.forEach(loops -> threads.execute(() -> loops.forEach(Workers::stop)));
    }
    running = List.of();
  }

  /// Trouble of one must not leave those behind it running.
  private static void stop(Loop loop) {
    try {
      loop.stop();
    } catch (RuntimeException e) {
      LOG.errorf(e, "%s did not come to an end as it should", loop);
    }
  }
}
