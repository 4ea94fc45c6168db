package dev.posthorn.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.CleanText;
import dev.posthorn.ticket.ImportedTicket;
import dev.posthorn.ticket.ImportedTicket.Entry;
import dev.posthorn.ticket.ImportedTicket.Note;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tickets as Zendesk exports them in JSON (Zendesk developer documentation, "Tickets" and "Ticket Comments"; the full JSON export has one ticket a
/// line, each with its comments and people). Pure.
///
/// A comment of the requester's or of anybody who is no agent came in; a public one of others left; others are said among agents. Files are
/// links in such exports, and are not fetched: their names are said.
final class ZendeskTickets {
  /// Longer than every address (RFC 5321, section 4.5.3.1).
  private static final int MAX_FIELD = 320;

  private ZendeskTickets() {}

  static Item item(JsonNode ticket, Map<String, JsonNode> users) {
    var id = Fields.text(ticket, "id");
    return new Item("zendesk " + Fields.text(ticket, "url") + " " + id, "Ticket " + id, () -> read(ticket, users));
  }

  /// What is needed of somebody who is named beside the tickets.
  static JsonNode person(JsonNode user) {
    var person = JsonNodeFactory.instance.objectNode();
    for (var field : List.of("id", "name", "email", "role")) {
      person.put(field, CleanText.cut(Fields.text(user, field), MAX_FIELD));
    }
    return person;
  }

  private static ImportedTicket read(JsonNode ticket, Map<String, JsonNode> known) {
    var users = new HashMap<>(known);
    for (var role : List.of("requester", "submitter", "assignee")) {
      users.putIfAbsent(Fields.text(ticket.path(role), "id"), ticket.path(role));
    }
    ticket.path("collaborator").forEach(user -> users.putIfAbsent(Fields.text(user, "id"), user));
    var requesterId = ticket.path("requester").isObject() ? Fields.text(ticket.path("requester"), "id") : Fields.text(ticket, "requester_id");
    var requester = Optional.ofNullable(users.get(requesterId)).flatMap(Fields::person)
        .or(() -> Fields.person(ticket.path("via").path("source").path("from")))
        .orElseThrow(() -> new IllegalArgumentException("The requester has no e-mail address."));
    var ours = Fields.address(Fields.text(ticket, "recipient")).orElse(Letters.NOBODY);
    var letters = new Letters();
    var entries = new ArrayList<Entry>();
    for (var comment : ticket.path("comments")) {
      entries.add(entry(ticket, comment, requesterId, requester, ours, users, letters));
    }
    if (entries.isEmpty()) {
      entries.add(letters.write(Optional.empty(), "zendesk." + Fields.text(ticket, "id"), false, requester, List.of(ours), List.of(), subject(ticket),
          Fields.time(ticket, "created_at"), Fields.text(ticket, "description"), Optional.empty()));
    }
    return new ImportedTicket(subject(ticket), status(Fields.text(ticket, "status")), Fields.time(ticket, "created_at"), requester,
        new HashSet<>(Fields.texts(ticket.path("tags"))), entries);
  }

  private static Entry entry(JsonNode ticket, JsonNode comment, String requesterId, Address requester, Address ours, Map<String, JsonNode> users, Letters letters) {
    var authorId = Fields.text(comment, "author_id");
    var author = Optional.ofNullable(users.get(authorId));
    var at = Fields.time(comment, "created_at");
    var text = Fields.text(comment, "plain_body", "body") + files(comment);
    if (!comment.path("public").asBoolean(true)) {
      return new Note(author.map(user -> Fields.text(user, "name")).orElse(""), text, at);
    }
    boolean outbound = !authorId.equals(requesterId) && !author.map(user -> Fields.text(user, "role")).filter("end-user"::equals).isPresent();
    var who = author.flatMap(Fields::person);
    var from = outbound ? new Address(author.map(user -> Fields.text(user, "name")).orElse(""), ours.address()) : who.orElse(requester);
    return letters.write(Fields.messageId(comment.path("metadata").path("system"), "message_id"), "zendesk." + Fields.text(ticket, "id") + "." + Fields.text(comment, "id"),
        outbound, from, List.of(outbound ? requester : ours), List.of(), (outbound ? "Re: " : "") + subject(ticket), at, text, Fields.some(comment, "html_body"));
  }

  private static String files(JsonNode comment) {
    var names = new ArrayList<String>();
    comment.path("attachments").forEach(file -> names.add(Fields.text(file, "file_name", "filename")));
    return names.isEmpty() ? "" : "\n\n[" + String.join(", ", names) + "]";
  }

  private static String subject(JsonNode ticket) {
    return Fields.text(ticket, "raw_subject", "subject");
  }

  private static String status(String word) {
    return switch (word) {
      case "new" -> "new";
      case "pending", "hold" -> "waiting";
      case "solved" -> "solved";
      case "closed" -> "closed";
      default -> "open";
    };
  }
}
