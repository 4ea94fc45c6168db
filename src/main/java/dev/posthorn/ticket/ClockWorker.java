package dev.posthorn.ticket;

import dev.posthorn.sla.SlaConfig;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/// Keeps the clocks watched.
@ApplicationScoped
class ClockWorker implements Worker {
  private static final Logger LOG = Logger.getLogger(ClockWorker.class);

  private final ClockWatch watch;
  private final SlaConfig config;

  ClockWorker(ClockWatch watch, SlaConfig config) {
    this.watch = watch;
    this.config = config;
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(new Loop("posthorn-clocks", config.pollInterval(), this::round)) : List.of();
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
