package dev.posthorn.event;

import java.util.Optional;
import java.util.UUID;

/// Who did it.
public record Actor(String kind, Optional<UUID> id) {
  /// Posthorn itself: triage, the sending worker, a timer.
  public static final Actor SYSTEM = new Actor("system", Optional.empty());

  /// The tenant's administration by a key that belongs to no agent.
  public static final Actor ADMIN = new Actor("admin", Optional.empty());

  public static Actor agent(UUID id) {
    return new Actor("agent", Optional.of(id));
  }

  public static Actor contact(UUID id) {
    return new Actor("contact", Optional.of(id));
  }
}
