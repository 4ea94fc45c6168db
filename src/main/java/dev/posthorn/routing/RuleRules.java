package dev.posthorn.routing;

import dev.posthorn.web.Refusal;
import dev.posthorn.web.RowRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/// What the constraints of this room's tables mean to a client.
@ApplicationScoped
class RuleRules implements RowRules {
  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of(
        "rule_tenant_id_team_id_fkey", () -> Refusal.unprocessable("/teamId", "There is no such team."),
        "rule_tenant_id_queue_id_fkey", () -> Refusal.unprocessable("/queueId", "There is no such queue."));
  }
}
