package dev.posthorn.sla;

import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.RowRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/// What the constraints of this room's tables mean to a client.
@ApplicationScoped
class SlaRules implements RowRules {
  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of(
        "priority_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another priority has this name."),
        "calendar_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another calendar has this name."),
        "priority_tenant_id_calendar_id_fkey", () -> Refusal.unprocessable("/calendarId", "There is no such calendar."));
  }
}
