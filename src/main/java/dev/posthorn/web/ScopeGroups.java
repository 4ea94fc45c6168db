package dev.posthorn.web;

import java.util.Set;

/// The parts of the API that scopes name. A test compares them with the API's document.
final class ScopeGroups {
  static final Set<String> ALL = Set.of("*", "agents", "api-keys", "attachments", "calendars", "categories", "contact-imports",
      "contacts", "events", "inbound-channels", "inbound-mails", "invitations", "loops", "mailbox-discoveries", "mailboxes", "mails",
      "messages", "offers", "outbound-channels", "priorities", "quarantine", "queues", "rule-simulations", "rules", "sending-domains",
      "sign-in-domains", "statuses", "suppressions", "teams", "templates", "tenant", "ticket-types", "tickets", "uploads", "webhooks",
      "wrap-up-codes", "wrap-up-report");

  private ScopeGroups() {}
}
