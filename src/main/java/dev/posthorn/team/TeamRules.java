package dev.posthorn.team;

import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.RowRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/// What the constraints of this room's tables mean to a client.
@ApplicationScoped
class TeamRules implements RowRules {
  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of(
        "team_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another team has this name."),
        "agent_email", () -> Refusal.at("/email", ProblemKind.CONFLICT, "Another agent has this address."),
        "team_tenant_id_default_queue_id_fkey", () -> Refusal.unprocessable("/defaultQueueId", "There is no such queue."),
        "team_tenant_id_sender_address_id_fkey",
            () -> Refusal.unprocessable("/senderAddressId", "This is none of the team's addresses."),
        "team_tenant_id_reply_via_id_fkey", () -> Refusal.unprocessable("/replyViaId", "There is no such outbound channel."),
        "team_member_tenant_id_team_id_fkey", () -> Refusal.unprocessable("/teamIds", "There is no such team."),
        "team_member_tenant_id_agent_id_fkey",
            () -> Refusal.at("/memberIds", ProblemKind.UNKNOWN_AGENT, "There is no such agent."));
  }
}
