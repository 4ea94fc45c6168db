package dev.posthorn.audit;

import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Noted;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;

/// Writes down what others note: in the running transaction, else in one of its own.
@ApplicationScoped
class Notes {
  private final AuditTrail trail;
  private final Clock clock;

  Notes(AuditTrail trail, Clock clock) {
    this.trail = trail;
    this.clock = clock;
  }

  void note(@Observes Noted noted) {
    QuarkusTransaction.joiningExisting().run(() -> trail.write(new Deed(Ids.next(), clock.instant(), noted.role().word(), noted.agentId(), null, noted.keyId(),
        noted.requestId(), noted.remoteAddress(), noted.action(), noted.resource(), noted.detail())));
  }
}
