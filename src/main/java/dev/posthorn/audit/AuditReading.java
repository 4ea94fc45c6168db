package dev.posthorn.audit;

import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenancy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Reads the audit of the current tenant, or of the platform: a long one in many short transactions.
@ApplicationScoped
class AuditReading {
  private final AuditTrail trail;
  private final CurrentTenant tenant;
  private final AuditConfig config;

  AuditReading(AuditTrail trail, CurrentTenant tenant, AuditConfig config) {
    this.trail = trail;
    this.tenant = tenant;
    this.config = config;
  }

  List<AuditTrail.Entry> page(AuditTrail.Wanted wanted, UUID before, int atMost) {
    return QuarkusTransaction.requiringNew().call(() -> trail.page(wanted, before, atMost));
  }

  long count(AuditTrail.Wanted wanted) {
    return QuarkusTransaction.requiringNew().call(() -> trail.count(wanted));
  }

  /// Takes a link of the chain.
  interface Taker {
    void take(ChainCheck.Link link) throws IOException;
  }

  /// A chain to be taken, link by link.
  interface Chained {
    void each(Taker taker) throws IOException;
  }

  /// Gives the whole chain in its order, now or when the answer is written; what is gone is passed over.
  Chained chained() {
    var whose = tenant.find();
    return whose.isEmpty() ? this::each : taker -> Tenancy.<Void, IOException>in(whose.get(), () -> {
      each(taker);
      return null;
    });
  }

  private void each(Taker taker) throws IOException {
    long last = 0;
    for (var links = links(last); !links.isEmpty(); links = links(last)) {
      for (var link : links) {
        if (link.deed() != null) {
          taker.take(link);
        }
      }
      last = links.getLast().sequence();
    }
  }

  /// @param known what somebody remembers of it
  AuditVerification verify(Optional<ChainCheck.Anchor> known) {
    var check = new ChainCheck(trail.chain(), known);
    var flaw = Optional.<ChainCheck.Flaw>empty();
    for (var links = links(0); flaw.isEmpty() && !links.isEmpty(); links = links(check.checked())) {
      for (int i = 0; i < links.size() && flaw.isEmpty(); i++) {
        flaw = check.see(links.get(i));
      }
    }
    flaw = flaw.or(check::end).or(() -> QuarkusTransaction.requiringNew().call(() -> trail.outside(check.checked() + 1)));
    long unsealed = QuarkusTransaction.requiringNew().call(trail::unsealed);
    return new AuditVerification(flaw.isEmpty(), check.checked(), unsealed,
        check.checked() == 0 ? null : new AuditVerification.Head(check.checked(), HexFormat.of().formatHex(check.last())),
        flaw.map(one -> new AuditVerification.FirstBad(one.sequence(), one.recordId(), one.why())).orElse(null));
  }

  private List<ChainCheck.Link> links(long after) {
    return QuarkusTransaction.requiringNew().call(() -> trail.links(after, config.readBatch()));
  }
}
