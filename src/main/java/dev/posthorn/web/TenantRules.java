package dev.posthorn.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/// What the constraints of the table `tenant` mean; the room that owns it knows no HTTP.
@ApplicationScoped
class TenantRules implements RowRules {
  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of(
        "tenant_slug_key", () -> Refusal.at("/slug", ProblemKind.CONFLICT, "Another tenant has this slug."),
        "tenant_id_default_outbound_channel_id_fkey",
            () -> Refusal.unprocessable("/defaultOutboundChannelId", "There is no such outbound channel."));
  }
}
