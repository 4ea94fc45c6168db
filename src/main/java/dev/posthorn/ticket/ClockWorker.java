package dev.posthorn.ticket;

import dev.posthorn.sla.SlaConfig;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/// Keeps the clocks watched.
@ApplicationScoped
class ClockWorker {
  private static final Logger LOG = Logger.getLogger(ClockWorker.class);

  private final ClockWatch watch;
  private final SlaConfig config;
  private Loop loop;

  ClockWorker(ClockWatch watch, SlaConfig config) {
    this.watch = watch;
    this.config = config;
  }

  void start(@Observes @Priority(Loop.START) StartupEvent start) {
    if (config.enabled()) {
      loop = Loop.start("posthorn-clocks", config.pollInterval(), this::round);
    }
  }

  void stop(@Observes ShutdownEvent stop) {
    stop();
  }

  /// A start that failed has no [ShutdownEvent].
  @PreDestroy
  void stop() {
    if (loop != null) {
      loop.close();
    }
  }

  private boolean round() {
    var due = watch.due();
    due.forEach(one -> Tenancy.run(one.tenant(), () -> look(one)));
    return due.size() == config.batch();
  }

  private void look(ClockWatch.Due one) {
    try {
      watch.look(one.ticketId());
    } catch (RuntimeException e) {
      LOG.errorf(e, "The clocks of ticket %s could not be read, incident %s", one.ticketId(), Ids.next());
      watch.postpone(one.ticketId());
    }
  }
}
