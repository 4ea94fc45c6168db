package dev.posthorn.desk;

import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/// Keeps the desks of all tenants going at which somebody is. Replicas share the tenants by leases.
@ApplicationScoped
class OfferWorker implements Worker {
  private static final Logger LOG = Logger.getLogger(OfferWorker.class);

  private final OfferRound round;
  private final Across across;
  private final DeskConfig config;
  private final Clock clock;

  OfferWorker(OfferRound round, Across across, DeskConfig config, Clock clock) {
    this.round = round;
    this.across = across;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(new Loop("posthorn-offers", config.pollInterval(), this::run)) : List.of();
  }

  private boolean run() {
    var due = claim();
    for (var tenant : due) {
      try {
        Tenancy.run(tenant, round::run);
      } catch (RuntimeException e) {
        LOG.errorf(e, "The desk of the tenant %s could not be looked at; it is again when its lease ends", tenant);
      }
    }
    return due.size() == config.batch();
  }

  private List<TenantId> claim() {
    return across.tenants("select tenant_id from claim_offer_rounds(?, make_interval(secs => ?), ?)", config.batch(), config.lease(), clock.instant());
  }
}
