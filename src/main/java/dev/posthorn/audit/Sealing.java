package dev.posthorn.audit;

import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Worker;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Puts written records into the chain of their tenant. One node at a time does so for a tenant; the others pass it over.
@ApplicationScoped
class Sealing implements Worker {
  private static final int TENANTS = 50;

  private final AuditTrail trail;
  private final DataSource dataSource;
  private final AuditConfig config;
  private final Clock clock;

  Sealing(AuditTrail trail, DataSource dataSource, AuditConfig config, Clock clock) {
    this.trail = trail;
    this.dataSource = dataSource;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public List<Loop> loops() {
    return List.of(new Loop("posthorn-audit-seal", config.sealInterval(), this::round));
  }

  /// @return whether there may be more
  boolean round() {
    boolean more = false;
    for (var chain : QuarkusTransaction.requiringNew().call(this::waiting)) {
      more |= chain.equals(AuditTrail.PLATFORM) ? seal() : Tenancy.<Boolean, RuntimeException>in(new TenantId(chain), this::seal);
    }
    return more;
  }

  private List<UUID> waiting() throws SQLException {
    try (var connection = dataSource.getConnection(); var call = connection.prepareStatement("select tenant_id from tenants_with_unsealed_audit(?)")) {
      call.setInt(1, TENANTS);
      var rows = call.executeQuery();
      var found = new ArrayList<UUID>();
      while (rows.next()) {
        found.add(rows.getObject(1, UUID.class));
      }
      return found;
    }
  }

  /// One batch of the current tenant.
  private boolean seal() {
    return QuarkusTransaction.requiringNew().call(() -> {
      if (!trail.lock()) {
        return false;
      }
      var deeds = trail.waiting(config.sealBatch());
      if (!deeds.isEmpty()) {
        trail.seal(links(deeds), clock.instant());
      }
      return deeds.size() == config.sealBatch();
    });
  }

  private List<ChainCheck.Link> links(List<Deed> deeds) {
    var head = trail.head();
    long sequence = head.map(ChainCheck.Anchor::sequence).orElse(0L);
    var previous = head.map(ChainCheck.Anchor::hash).orElseGet(Chain::beginning);
    var links = new ArrayList<ChainCheck.Link>();
    for (var deed : deeds) {
      var hash = Chain.link(previous, ++sequence, trail.chain(), deed);
      links.add(new ChainCheck.Link(sequence, deed.id(), previous, hash, deed));
      previous = hash;
    }
    return links;
  }
}
