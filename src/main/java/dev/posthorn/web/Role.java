package dev.posthorn.web;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a caller may do. The names for `@RolesAllowed` stand in [Roles].
public enum Role {
  /// The platform: tenants, and nothing inside of them.
  OPERATOR,
  /// Everything of one tenant.
  ADMIN,
  /// The teams that the agent leads.
  LEAD,
  /// The queues that the agent serves.
  AGENT,
  /// A customer, as a contact: the own tickets.
  REQUESTER;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The one of the two that may less.
  static Role lesser(Role one, Role other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  static Role of(String word) {
    for (var role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException("No such role");
  }
}
