package dev.posthorn.ticket;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a template may name.
enum TemplateVariable {
  CONTACT_NAME("contact.name", "Anna Example"),
  CONTACT_EMAIL("contact.email", "anna@customer.example"),
  TICKET_NUMBER("ticket.number", "42"),
  TICKET_SUBJECT("ticket.subject", "It does not work"),
  AGENT_NAME("agent.name", "Ben Agent"),
  AGENT_EMAIL("agent.email", "ben@company.example"),
  TEAM_NAME("team.name", "Support"),
  QUEUE_NAME("queue.name", "Inbox"),
  COMPANY_NAME("company.name", "Company");

  private final String word;
  private final String sample;

  TemplateVariable(String word, String sample) {
    this.word = word;
    this.sample = sample;
  }

  static Optional<TemplateVariable> of(String name) {
    return Arrays.stream(values()).filter(one -> one.word.equals(name)).findFirst();
  }

  /// What a preview without a ticket shows.
  String sample() {
    return sample;
  }

  static String names() {
    return Arrays.stream(values()).map(one -> one.word).collect(Collectors.joining(", "));
  }
}
