package dev.posthorn.contact;

import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.RowRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/// What the constraints of this room's tables mean to a client.
@ApplicationScoped
class ContactRules implements RowRules {
  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of(
        "contact_tenant_id_owner_id_fkey", () -> Refusal.at("/ownerId", ProblemKind.UNKNOWN_AGENT, "There is no such agent."),
        "contact_email_pkey", () -> Refusal.at("/emails", ProblemKind.CONFLICT, "Another contact has one of these addresses."),
        "contact_external_id", () -> Refusal.at("/externalId", ProblemKind.CONFLICT, "Another contact has this id."));
  }
}
