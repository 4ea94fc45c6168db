package dev.posthorn.privacy;

import dev.posthorn.blob.BlobConfig;
import dev.posthorn.privacy.Statements.Due;
import dev.posthorn.tenant.Erasing;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Takes away what is not to be kept. Replicas share the work by leases.
@ApplicationScoped
class PrivacyWorker implements Worker {
  private static final Logger LOG = Logger.getLogger(PrivacyWorker.class);
  private static final int AT_ONCE = 5;

  private final Erasures erasures;
  private final ContactErasure contacts;
  private final TenantErasure tenants;
  private final Retentions retentions;
  private final RetentionRound retention;
  private final BlobSweep sweep;
  private final Statements statements;
  private final PrivacyConfig config;
  private final BlobConfig blobs;
  private final Clock clock;
  private final Loop loop;

  PrivacyWorker(Erasures erasures, ContactErasure contacts, TenantErasure tenants, Retentions retentions, RetentionRound retention, BlobSweep sweep,
      Statements statements, PrivacyConfig config, BlobConfig blobs, Clock clock) {
    this.erasures = erasures;
    this.contacts = contacts;
    this.tenants = tenants;
    this.retentions = retentions;
    this.retention = retention;
    this.sweep = sweep;
    this.statements = statements;
    this.config = config;
    this.blobs = blobs;
    this.clock = clock;
    this.loop = new Loop("posthorn-privacy", config.pollInterval(), this::round);
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(loop) : List.of();
  }

  /// Something was asked for.
  void wake() {
    loop.wake();
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Erasing erasing) {
    wake();
  }

  /// @return whether there may be more
  private boolean round() {
    var now = clock.instant();
    return each("contact", erasures.claim(AT_ONCE), due -> contacts.run(due.id()))
        | each("tenant", statements.across("select tenant_id, id from tenants_being_erased(?)", AT_ONCE), _ -> tenants.run())
        | each("retention", retentions.claim(AT_ONCE), _ -> retention.run())
        | each("bytes", statements.across("select tenant_id, id from claim_blob_sweeps(?, ?, ?)", AT_ONCE, now.minus(blobs.sweepInterval()), now), _ -> sweep.run());
  }

  private static boolean each(String what, List<Due> due, Consumer<Due> work) {
    for (var one : due) {
      try {
        Tenancy.run(one.tenant(), () -> work.accept(one));
      } catch (RuntimeException e) {
        LOG.errorf(e, "What is not to be kept (%s) of the tenant %s could not be taken away; it is tried again", what, one.tenant());
      }
    }
    return due.size() == AT_ONCE;
  }
}
