package dev.posthorn.channel;

import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.RowRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/// What the constraints of this room's tables mean to a client.
@ApplicationScoped
class ChannelRules implements RowRules {
  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of(
        "suppression_pattern", () -> Refusal.at("/pattern", ProblemKind.CONFLICT, "It is listed already."),
        "mailbox_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another mailbox has this name."),
        "mailbox_address", () -> Refusal.at("/address", ProblemKind.CONFLICT, "This mailbox is connected already."),
        "mailbox_tenant_id_team_id_fkey", () -> Refusal.unprocessable("/teamId", "There is no such team."),
        "outbound_channel_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another outbound channel has this name."),
        "inbound_channel_tenant_id_team_id_fkey", () -> Refusal.unprocessable("/teamId", "There is no such team."),
        "inbound_channel_tenant_id_queue_id_fkey", () -> Refusal.unprocessable("/queueId", "There is no such queue."),
        "inbound_channel_tenant_id_ticket_type_id_fkey", () -> Refusal.unprocessable("/ticketTypeId", "There is no such type."),
        "inbound_channel_tenant_id_reply_via_id_fkey",
            () -> Refusal.unprocessable("/replyViaId", "There is no such outbound channel."));
  }
}
