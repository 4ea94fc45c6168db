package dev.posthorn.archive;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What stands in the files of an export: one JSON object a line.
final class Lines {
  /// Of `manifest.json`.
  ///
  /// @param version of the form of the files
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Manifest(String format, int version, String tenant, Instant exportedAt) {
    static final String FORMAT = "posthorn";
    static final int VERSION = 1;
  }

  /// Somebody.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Person(String name, String address) {}

  /// Of `contacts.jsonl`.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record ContactLine(UUID id, String name, List<String> emails, List<String> phones, String type, boolean vip, boolean registered, String language, String externalId) {}

  /// Of `tickets.jsonl`.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record TicketLine(UUID id, long number, String subject, String status, String statusKind, String queue, String team, Person requester, List<String> tags,
      Instant createdAt, Instant closedAt, List<MailLine> messages, List<CommentLine> comments) {}

  /// A message.
  ///
  /// @param mail the file with the very bytes; null where they are not kept any more
  @JsonIgnoreProperties(ignoreUnknown = true)
  record MailLine(UUID id, String direction, String messageId, Person from, List<Person> to, List<Person> cc, String subject, Instant at, String text, String html,
      String mail) {}

  /// What was said among agents.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record CommentLine(UUID id, String author, String text, Instant at) {}

  private Lines() {}
}
