package dev.posthorn.ticket;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.ContentIds;
import dev.posthorn.mail.MessageId;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// An agent passes a message on to somebody, with its files (WX-14). It answers nobody: the ticket is as unanswered as before.
/// What whoever got it answers comes into the ticket.
@ApplicationScoped
public class Forward {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final ReplyChecks checks;
  private final ReplyPeople people;
  private final ReplyFiles files;
  private final Writing writing;
  private final ReplyRoute route;
  private final Outgoing outgoing;
  private final Messages messages;
  private final SubjectTags tags;
  private final Journal journal;
  private final Clock clock;

  Forward(ReplyChecks checks, ReplyPeople people, ReplyFiles files, Writing writing, ReplyRoute route, Outgoing outgoing, Messages messages,
      SubjectTags tags, Journal journal, Clock clock) {
    this.checks = checks;
    this.people = people;
    this.files = files;
    this.writing = writing;
    this.route = route;
    this.outgoing = outgoing;
    this.messages = messages;
    this.tags = tags;
    this.journal = journal;
    this.clock = clock;
  }

  /// @throws Refusal as a reply is refused
  @Transactional
  Message post(UUID ticketId, ForwardRequest request, Optional<UUID> author) {
    checks.written(request.body(), true);
    var sendAt = outgoing.leaves(request.sendAt());
    var ticket = checks.open(ticketId);
    var original = original(ticket, request.messageId());
    var recipients = people.named(request.to(), request.cc(), request.bcc(), author);
    var message = send(ticket, original, recipients, request, author, sendAt);
    journal.ticket("ticket.forwarded", ticket.id, author.map(Actor::agent).orElse(Actor.ADMIN),
        Map.of("messageId", original.id, "forwardId", message.id));
    return message;
  }

  /// A rule passes on the mail that has just opened a ticket, in the running transaction. Nothing goes to an address of our own.
  public void byRule(Ticket ticket, UUID messageId, String address) {
    var request = new ForwardRequest(messageId, List.of(new ReplyRequest.Recipient(null, address)), null, null, null, null, null, null, null, null, null);
    try {
      var recipients = people.named(request.to(), null, null, Optional.empty());
      var message = send(ticket, messages.findById(messageId), recipients, request, Optional.empty(), Optional.empty());
      journal.ticket("ticket.forwarded", ticket.id, Actor.SYSTEM, Map.of("messageId", messageId, "forwardId", message.id, "by", "rule"));
    } catch (Refusal e) {
      journal.ticket("ticket.not-forwarded", ticket.id, Actor.SYSTEM, Map.of("messageId", messageId, "why", e.detail().orElseGet(() -> e.kind().title())));
    }
  }

  private Message send(Ticket ticket, Message original, ReplyPeople.Recipients recipients, ForwardRequest request, Optional<UUID> author, Optional<Instant> sendAt) {
    var way = route.choose(ticket, Optional.ofNullable(request.outboundChannelId()));
    var content = writing.of(ticket, request.body(), author, below(original, request));
    var about = original.isText() ? ticket.subject : original.subject;
    var subject = about.regionMatches(true, 0, "fwd:", 0, 4) ? about : "Fwd: " + about;
    var message = outgoing.send(new Letter(ticket, tags.tagged(subject, ticket), recipients, way, content, Optional.empty(),
        Optional.of(original.id), author, sendAt));
    ticket.notes(clock.instant());
    return message;
  }

  private Message original(Ticket ticket, UUID wanted) {
    var original = wanted == null
        ? messages.newestInbound(ticket.id).or(() -> messages.newest(ticket.id)) : messages.findByIdOptional(wanted);
    return original.filter(message -> message.ticketId.equals(ticket.id))
        .orElseThrow(() -> Refusal.unprocessable("/messageId", "The ticket has no such message."));
  }

  private Writing.Below below(Message original, ForwardRequest request) {
    var left = new HashSet<>(Optional.ofNullable(request.withoutAttachmentIds()).orElse(List.of()));
    var rows = messages.attachments(List.of(original.id)).getOrDefault(original.id, List.of());
    var unknown = left.stream().filter(id -> rows.stream().noneMatch(row -> row.id.equals(id))).findFirst();
    if (unknown.isPresent()) {
      throw Refusal.unprocessable("/withoutAttachmentIds/" + request.withoutAttachmentIds().indexOf(unknown.get()), "The message has no such file.");
    }
    var shown = ContentIds.shownIn(original.html == null ? "" : original.html);
    var along = rows.stream().filter(row -> isWhole(row, rows) && !left.contains(row.id)).map(row -> files.again(row, isShown(row, shown))).toList();
    var head = head(original);
    var text = "\n\n---------- Forwarded message ----------\n"
        + head.stream().map(line -> line.name + ": " + line.value).collect(Collectors.joining("\n")) + "\n\n" + original.text;
    // A plain message above a plain message stays plain.
    boolean plain = original.html == null && request.html() == null && request.templateId() == null;
    return new Writing.Below(text, plain ? "" : html(head, original), along);
  }

  /// Files inside attached mails go along inside of these.
  private static boolean isWhole(Attachment row, List<Attachment> all) {
    return all.stream().noneMatch(other -> row.path.startsWith(other.path + "/"));
  }

  private static boolean isShown(Attachment row, Set<String> shown) {
    return row.contentId != null && shown.contains(row.contentId)
        && MessageId.parse("<" + row.contentId + ">").filter(id -> id.value().equals(row.contentId)).isPresent();
  }

  private record Line(String name, String value) {}

  private static List<Line> head(Message original) {
    var when = original.sentAt == null ? original.receivedAt : original.sentAt;
    return List.of(new Line("From", who(List.of(new Message.Party(original.fromName, original.fromAddress)))), new Line("Date", date(when)),
        new Line("Subject", original.subject), new Line("To", who(original.parties.to())), new Line("Cc", who(original.parties.cc())))
        .stream().filter(line -> !line.value.isBlank()).toList();
  }

  private static String who(List<Message.Party> people) {
    return people.stream().map(one -> one.name() == null || one.name().isBlank() ? one.address() : one.name() + " <" + one.address() + ">")
        .collect(Collectors.joining(", "));
  }

  private static String date(Instant when) {
    return DATE.format(when);
  }

  private static String html(List<Line> head, Message original) {
    var lines = head.stream().map(line -> "<b>" + line.name + ":</b> " + TemplateText.escaped(line.value)).collect(Collectors.joining("<br>"));
    var body = original.html != null ? original.html : "<div>" + TemplateText.escaped(original.text).replace("\n", "<br>") + "</div>";
    return "<br><div>---------- Forwarded message ----------<br>" + lines + "</div><br>" + body;
  }
}
