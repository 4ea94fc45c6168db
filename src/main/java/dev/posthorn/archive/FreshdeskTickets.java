package dev.posthorn.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthorn.mail.Address;
import dev.posthorn.ticket.ImportedTicket;
import dev.posthorn.ticket.ImportedTicket.Entry;
import dev.posthorn.ticket.ImportedTicket.Note;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Tickets as Freshdesk gives them in JSON: as its API does (Freshdesk developer documentation, "Tickets" with `requester` and `conversations`), and as
/// its account export does, where each stands in `helpdesk_ticket` and its notes in `helpdesk_note`. Pure.
///
/// Files are links in them, and are not fetched: their names are said.
final class FreshdeskTickets {
  private FreshdeskTickets() {}

  static Item item(JsonNode given) {
    var ticket = given.has("helpdesk_ticket") ? given.path("helpdesk_ticket") : given;
    var id = Fields.text(ticket, "display_id", "id");
    return new Item("freshdesk " + id + " " + Fields.text(ticket, "created_at"), "Ticket " + id, () -> read(ticket, id));
  }

  private static ImportedTicket read(JsonNode ticket, String id) {
    var requester = Fields.person(ticket.path("requester")).or(() -> Fields.address(Fields.text(ticket, "email", "requester_email", "from_email")))
        .orElseThrow(() -> new IllegalArgumentException("The requester has no e-mail address."));
    var ours = Fields.addresses(ticket.path("to_emails")).stream().findFirst().or(() -> Fields.address(Fields.text(ticket, "support_email", "to_email")))
        .orElse(Letters.NOBODY);
    var subject = Fields.text(ticket, "subject");
    var opened = Fields.time(ticket, "created_at");
    var letters = new Letters();
    var entries = new ArrayList<Entry>();
    entries.add(letters.write(Fields.messageId(ticket, "message_id"), "freshdesk." + id, false, requester, List.of(ours), Fields.addresses(ticket.path("cc_emails")), subject,
        opened, Fields.text(ticket, "description_text", "description") + files(ticket), Fields.some(ticket, "description_html")));
    for (var given : conversations(ticket)) {
      var note = given.has("helpdesk_note") ? given.path("helpdesk_note") : given;
      entries.add(entry(note, id, requester, ours, subject, letters));
    }
    return new ImportedTicket(subject, status(Fields.text(ticket, "status")), opened, requester, tags(ticket), entries);
  }

  private static JsonNode conversations(JsonNode ticket) {
    return ticket.has("helpdesk_notes") ? ticket.path("helpdesk_notes") : ticket.has("notes") ? ticket.path("notes") : ticket.path("conversations");
  }

  private static HashSet<String> tags(JsonNode ticket) {
    var tags = new HashSet<String>();
    ticket.path("tags").forEach(tag -> tags.add(tag.isObject() ? Fields.text(tag, "name") : tag.asText()));
    tags.remove("");
    return tags;
  }

  private static Entry entry(JsonNode note, String ticketId, Address requester, Address ours, String subject, Letters letters) {
    var at = Fields.time(note, "created_at");
    var text = Fields.text(note, "body_text", "body") + files(note);
    var from = Fields.address(Fields.text(note, "from_email"));
    if (note.path("private").asBoolean(false)) {
      return new Note(Fields.text(note, "user_name"), text, at);
    }
    boolean outbound = !note.path("incoming").asBoolean(false);
    var to = Fields.addresses(note.path("to_emails"));
    return letters.write(Fields.messageId(note, "message_id"), "freshdesk." + ticketId + "." + Fields.text(note, "id"), outbound,
        from.orElse(outbound ? Fields.address(Fields.text(note, "support_email")).orElse(ours) : requester), !to.isEmpty() ? to : List.of(outbound ? requester : ours),
        Fields.addresses(note.path("cc_emails")), (outbound ? "Re: " : "") + subject, at, text, note.has("body_text") ? Fields.some(note, "body") : Fields.some(note, "body_html"));
  }

  private static String files(JsonNode note) {
    var names = new ArrayList<String>();
    note.path("attachments").forEach(file -> names.add(Fields.text(file, "name", "content_file_name")));
    return names.isEmpty() ? "" : "\n\n[" + String.join(", ", names) + "]";
  }

  /// By number (2 open, 3 pending, 4 resolved, 5 closed), as both forms have it; statuses of the account's own are open.
  private static String status(String number) {
    return switch (number) {
      case "3" -> "waiting";
      case "4" -> "solved";
      case "5" -> "closed";
      default -> "open";
    };
  }
}
