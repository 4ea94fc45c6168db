package dev.posthorn.feed;

import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/// Goes round the tenants whose agents are to be told by mail.
@ApplicationScoped
class NoticeWorker {
  private static final Logger LOG = Logger.getLogger(NoticeWorker.class);

  private final Notices notices;
  private final NoticeConfig config;
  private Loop loop;

  NoticeWorker(Notices notices, NoticeConfig config) {
    this.notices = notices;
    this.config = config;
  }

  void start(@Observes @Priority(Loop.START) StartupEvent start) {
    if (config.enabled()) {
      loop = Loop.start("posthorn-notices", config.pollInterval(), this::round);
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
    var due = notices.due();
    due.forEach(this::round);
    return due.size() == config.batch();
  }

  private void round(TenantId tenant) {
    try {
      Tenancy.run(tenant, notices::round);
    } catch (RuntimeException e) {
      // It is due again when its lease has ended.
      LOG.errorf(e, "The notices of tenant %s failed, incident %s", tenant, Ids.next());
    }
  }
}
