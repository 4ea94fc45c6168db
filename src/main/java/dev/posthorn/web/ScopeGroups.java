package dev.posthorn.web;

import java.util.Set;

/// The parts of the API that scopes name. A test compares them with the API's document.
final class ScopeGroups {
  static final Set<String> ALL = Set.of("*", "accounts", "agents", "api-keys", "attachments", "audit", "calendars", "categories", "contact-imports", "contacts",
      "erasures", "events", "exports", "imports", "inbound-channels", "inbound-mails", "invitations", "loops",
      "mailbox-discoveries", "mailboxes", "mails", "messages", "offers", "outbound-channels", "priorities",
      "quarantine", "queues", "retention", "rule-simulations", "rules", "sending-domains", "sign-in-domains", "stats",
      "statuses", "suppressions", "teams", "templates", "tenant", "text-accounts", "texts", "ticket-types", "tickets",
      "uploads", "views", "webhooks", "wrap-up-codes", "wrap-up-report");

  private ScopeGroups() {}
}
