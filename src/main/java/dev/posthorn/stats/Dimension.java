package dev.posthorn.stats;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// By what figures are told apart.
enum Dimension {
  DAY("to_char(%s at time zone :zone, 'YYYY-MM-DD')", null),
  QUEUE("t.queue_id", "queue"),
  TEAM("t.team_id", "team"),
  AGENT("t.assignee_id", "agent"),
  CHANNEL("t.inbound_channel_id", "inbound_channel");

  private final String expression;
  private final String table;

  Dimension(String expression, String table) {
    this.expression = expression;
    this.table = table;
  }

  static Optional<Dimension> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What a row belongs to, as text; null for nobody's.
  ///
  /// @param time the column whose day counts
  String key(String time) {
    return this == DAY ? expression.formatted(time) : expression + "::text";
  }

  /// The same for messages: what an agent wrote is the agent's, whoever has the ticket.
  String keyOfMessages() {
    return this == AGENT ? "m.agent_id::text" : key("m.created_at");
  }

  /// Where the names are; none for days.
  Optional<String> table() {
    return Optional.ofNullable(table);
  }
}
