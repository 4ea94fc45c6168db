package dev.posthorn.routing;

import java.util.Locale;
import java.util.UUID;

/// Something that a rule names by its id, and where in the rule.
///
/// @param pointer JSON pointer into the rule as HTTP shows it
record Target(Kind kind, UUID id, String pointer) {
  /// What it is. The name of its table, and so of the column that keeps it, is the word in snake case.
  enum Kind {
    TEAM, QUEUE, AGENT, PRIORITY, STATUS, CATEGORY, TICKET_TYPE, TEMPLATE, CALENDAR, MAILBOX, INBOUND_CHANNEL;

    String table() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// For people.
    String word() {
      return table().replace('_', ' ');
    }
  }
}
