package dev.posthorn.ticket;

import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.RowRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/// What the constraints of this room's tables mean to a client.
@ApplicationScoped
class TicketRules implements RowRules {
  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of(
        "wrap_up_code_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another wrap-up code has this name."),
        "template_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another template has this name."),
        "status_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another status has this name."),
        "category_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another category has this name."),
        "ticket_type_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another type has this name."),
        "ticket_type_fkey", () -> Refusal.unprocessable("/typeId", "There is no such type."),
        "ticket_category_fkey", () -> Refusal.unprocessable("/categoryId", "There is no such category."));
  }
}
