package dev.posthorn.text;

import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.RowRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/// What the constraints of this room's tables mean to a client.
@ApplicationScoped
class TextRules implements RowRules {
  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of(
        "text_account_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another text account has this name."),
        "text_account_number", () -> Refusal.at("/number", ProblemKind.CONFLICT, "Another text account has this number."),
        "text_account_tenant_id_team_id_fkey", () -> Refusal.unprocessable("/teamId", "There is no such team."));
  }
}
