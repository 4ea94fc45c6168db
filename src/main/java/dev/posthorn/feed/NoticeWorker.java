package dev.posthorn.feed;

import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/// Goes round the tenants whose agents are to be told by mail.
@ApplicationScoped
class NoticeWorker implements Worker {
  private static final Logger LOG = Logger.getLogger(NoticeWorker.class);

  private final Notices notices;
  private final NoticeConfig config;

  NoticeWorker(Notices notices, NoticeConfig config) {
    this.notices = notices;
    this.config = config;
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(new Loop("posthorn-notices", config.pollInterval(), this::round)) : List.of();
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
