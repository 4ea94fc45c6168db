package dev.posthorn.queue;

import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.RowRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/// What the constraints of this room's tables mean to a client.
@ApplicationScoped
class QueueRules implements RowRules {
  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of(
        "queue_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another queue has this name."),
        "queue_tenant_id_team_id_fkey", () -> Refusal.unprocessable("/teamId", "There is no such team."),
        "queue_tenant_id_reply_via_id_fkey", () -> Refusal.unprocessable("/replyViaId", "There is no such outbound channel."),
        "queue_agent_tenant_id_agent_id_fkey",
            () -> Refusal.at("/agentIds", ProblemKind.UNKNOWN_AGENT, "There is no such agent."),
        "queue_agent_tenant_id_queue_id_fkey", () -> Refusal.unprocessable("/queueIds", "There is no such queue."));
  }
}
