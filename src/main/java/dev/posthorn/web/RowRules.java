package dev.posthorn.web;

import java.util.Map;
import java.util.function.Supplier;

/// What a violated constraint of the database means to a client. Uniqueness and references are kept by the database, not
/// by code that looks first; each room says in a bean of this type how its own constraints are to be answered:
///
/// ```java
/// return Map.of("team_name", () -> Refusal.at("/name", ProblemKind.CONFLICT, "Another team has this name."));
/// ```
///
/// A unique constraint or reference that no room names is answered as a plain 409.
public interface RowRules {
  /// Refusals by the name of the constraint or unique index.
  Map<String, Supplier<Refusal>> refusals();
}
