package dev.posthorn.desk;

import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// Keeps the desks of all tenants going at which somebody is. Replicas share the tenants by leases.
@ApplicationScoped
class OfferWorker {
  private static final Logger LOG = Logger.getLogger(OfferWorker.class);

  private final OfferRound round;
  private final DataSource dataSource;
  private final DeskConfig config;
  private final Clock clock;
  private Loop loop;

  OfferWorker(OfferRound round, DataSource dataSource, DeskConfig config, Clock clock) {
    this.round = round;
    this.dataSource = dataSource;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes @Priority(Loop.START) StartupEvent start) {
    if (config.enabled()) {
      loop = Loop.start("posthorn-offers", config.pollInterval(), this::run);
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
    return QuarkusTransaction.requiringNew().call(() -> {
      try (var connection = dataSource.getConnection();
          var call = connection.prepareStatement("select tenant_id from claim_offer_rounds(?, make_interval(secs => ?), ?)")) {
        call.setInt(1, config.batch());
        call.setDouble(2, config.lease().toMillis() / 1000.0);
        call.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
        var rows = call.executeQuery();
        var due = new ArrayList<TenantId>();
        while (rows.next()) {
          due.add(new TenantId(rows.getObject(1, UUID.class)));
        }
        return due;
      }
    });
  }
}
