package dev.posthorn.trust;

import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.RowRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/// What the constraints of this room's tables mean to a client.
@ApplicationScoped
class SendingDomainRules implements RowRules {
  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of("sending_domain_tenant_id_domain_key", () -> Refusal.at("/domain", ProblemKind.CONFLICT, "This domain is there already."));
  }
}
