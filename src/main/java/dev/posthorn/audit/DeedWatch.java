package dev.posthorn.audit;

import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Caller;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionScoped;
import java.time.Clock;
import java.util.UUID;

/// Writes down what a request does, at the end of the first transaction in which it wrote anything, and in that transaction: the
/// deed and its record are there together or not at all. No operation has to think of it, and none can forget it.
@ApplicationScoped
class DeedWatch {
  private final DeedOfRequest deed;
  private final AuditTrail trail;
  private final Caller caller;
  private final TransactionManager transactions;
  private final EntityManager rows;
  private final Clock clock;

  DeedWatch(DeedOfRequest deed, AuditTrail trail, Caller caller, TransactionManager transactions, EntityManager rows, Clock clock) {
    this.deed = deed;
    this.trail = trail;
    this.caller = caller;
    this.transactions = transactions;
    this.rows = rows;
    this.clock = clock;
  }

  void watch(@Observes @Initialized(TransactionScoped.class) Object transaction) throws SystemException, RollbackException {
    if (!Arc.container().requestContext().isActive() || deed.action().isEmpty() || deed.isWritten(trail.chain())) {
      return;
    }
    var chain = trail.chain();
    transactions.getTransaction().registerSynchronization(new Synchronization() {
      private boolean wrote;

      @Override
      public void beforeCompletion() {
        // What Hibernate still holds back is part of the question whether anything was written.
        rows.flush();
        wrote = !deed.isWritten(chain) && trail.writeIfAnythingWas(now(deed.resource(), null));
      }

      @Override
      public void afterCompletion(int status) {
        if (wrote && status == Status.STATUS_COMMITTED) {
          deed.writtenIn(chain);
        }
      }
    });
  }

  /// The deed as it is written down.
  Deed now(String resource, String detail) {
    return new Deed(Ids.next(), clock.instant(), caller.role().word(), caller.agentId().orElse(null), caller.contactId().orElse(null), caller.keyId(),
        deed.requestId(), deed.remoteAddress(), deed.action().orElseThrow(), resource, detail);
  }

  /// Whether it stands in this chain.
  boolean isWritten(UUID chain) {
    return deed.isWritten(chain);
  }
}
