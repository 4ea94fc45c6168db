package dev.posthorn.ticket;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.HtmlText;
import dev.posthorn.mail.MailComposer;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.OutgoingHtml;
import dev.posthorn.mail.ThreadIndex;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// An agent answers: the message, the ticket's new state and the mail in the outbox, in one transaction. The Message-ID is
/// final before anything is tried.
@ApplicationScoped
public class Reply {
  /// What was written.
  ///
  /// @param newestMessageId the newest message of the ticket before this reply
  public record Posted(Message message, UUID outboundChannelId, String chosenBy, boolean notLatest, UUID newestMessageId) {}

  private final ReplyChecks checks;
  private final ReplyPeople people;
  private final ReplyFiles files;
  private final ReplyRoute route;
  private final Messages messages;
  private final Statuses statuses;
  private final TicketDesk desk;
  private final ThreadRefs threadRefs;
  private final SubjectTags tags;
  private final Outbox outbox;
  private final Journal journal;
  private final Clock clock;

  Reply(ReplyChecks checks, ReplyPeople people, ReplyFiles files, ReplyRoute route, Messages messages, Statuses statuses,
      TicketDesk desk, ThreadRefs threadRefs, SubjectTags tags, Outbox outbox, Journal journal, Clock clock) {
    this.checks = checks;
    this.people = people;
    this.files = files;
    this.route = route;
    this.messages = messages;
    this.statuses = statuses;
    this.desk = desk;
    this.threadRefs = threadRefs;
    this.tags = tags;
    this.outbox = outbox;
    this.journal = journal;
    this.clock = clock;
  }

  /// @param author the agent whose signature goes under it; none for a key without an agent
  /// @throws Refusal for a closed ticket, a team that is switched off, recipients that cannot be
  @Transactional
  public Posted post(UUID ticketId, ReplyRequest request, Optional<UUID> author) {
    var ticket = checks.open(ticketId, request);
    var newest = messages.newest(ticketId).orElseThrow(() -> Refusal.notFound("message"));
    var answered = checks.answered(ticket, request, newest);
    var recipients = people.of(ticket, answered, request);
    var way = route.choose(ticket, request);
    var content = content(request, author);
    var message = write(ticket, answered, recipients, way, content, author);
    var mail = MailComposer.compose(content.draft(message, recipients, way));
    try (mail) {
      var everybody = Stream.of(recipients.to(), recipients.cc(), recipients.bcc()).flatMap(List::stream).toList();
      message.sha256 = mail.sha256().bytes();
      message.size = mail.size();
      message.outboundMailId = outbox.enqueue(way.channel().id, new MessageId(message.messageId), way.replyTo(), everybody, mail).id;
    }
    messages.persistAndFlush(message);
    content.files().attach(message.id, messages);
    remember(ticket, message, recipients, request, author);
    return new Posted(message, way.channel().id, way.chosenBy(), !answered.id.equals(newest.id), newest.id);
  }

  private ReplyContent content(ReplyRequest request, Optional<UUID> author) {
    var signature = author.flatMap(files::signature);
    var attached = files.of(request);
    if (request.html() == null) {
      var text = Written.clean(request.text()) + signature.map(html -> "\n\n-- \n" + HtmlText.of(html)).orElse("");
      return new ReplyContent(text, Optional.empty(), attached);
    }
    var html = OutgoingHtml.sanitize(request.html() + signature.map(own -> "<br><div>" + own + "</div>").orElse(""));
    return new ReplyContent(HtmlText.of(html), Optional.of(html), attached);
  }

  private Message write(Ticket ticket, Message answered, ReplyPeople.Recipients recipients, ReplyRoute.Way way,
      ReplyContent content, Optional<UUID> author) {
    var message = new Message();
    message.id = Ids.next();
    message.ticketId = ticket.id;
    message.direction = Message.OUTBOUND;
    message.channel = Message.EMAIL;
    message.fromName = way.from().name();
    message.fromAddress = way.from().address();
    message.parties = new Message.Parties(Messages.parties(recipients.to()), Messages.parties(recipients.cc()),
        Messages.parties(recipients.bcc()), Messages.parties(List.of(way.replyTo())));
    // The customer's client threads by the base subject; what the answered message said counts, not the ticket's (P-22).
    message.subject = tags.tagged(answered.subject.regionMatches(true, 0, "re:", 0, 3) ? answered.subject : "Re: " + answered.subject, ticket);
    message.messageId = MessageId.fresh(way.from().domain()).value();
    message.inReplyTo = Optional.ofNullable(answered.messageId).map(List::of).orElse(List.of());
    message.refs = references(answered);
    // Outlook threads by its own count and not by References (P-19).
    message.threadIndex = Optional.ofNullable(answered.threadIndex).flatMap(ThreadIndex::parse).map(index -> index.answer().value()).orElse(null);
    message.receivedAt = clock.instant();
    message.text = content.text();
    message.html = content.html().orElse(null);
    message.flaws = List.of();
    message.agentId = author.orElse(null);
    message.channelChosenBy = way.chosenBy();
    message.createdAt = message.receivedAt;
    return message;
  }

  /// RFC 5322, section 3.6.4: the parent's References, else its In-Reply-To if that is one id, and the parent's own id.
  private static List<String> references(Message answered) {
    var references = new ArrayList<>(answered.refs.isEmpty() && answered.inReplyTo.size() == 1 ? answered.inReplyTo : answered.refs);
    Optional.ofNullable(answered.messageId).filter(id -> !references.contains(id)).ifPresent(references::add);
    return references;
  }

  private void remember(Ticket ticket, Message message, ReplyPeople.Recipients recipients, ReplyRequest request, Optional<UUID> author) {
    var now = clock.instant();
    threadRefs.add(Messages.threadRefs(ticket.id, Optional.of(new MessageId(message.messageId)), ids(message.inReplyTo), ids(message.refs)));
    desk.join(people.participants(ticket, recipients, now));
    ticket.answers(now);
    var actor = author.map(Actor::agent).orElse(Actor.ADMIN);
    var status = request.status() != null ? checks.status(request.status())
        : statuses.ofKind(ticket.statusKind.equals(Status.NEW) ? Status.OPEN : ticket.statusKind);
    if (!status.name.equals(ticket.status) && (request.status() != null || ticket.statusKind.equals(Status.NEW))) {
      journal.ticket("ticket.status-changed", ticket.id, actor, Map.of("from", ticket.status, "to", status.name));
      ticket.is(status, now);
    }
  }

  private static List<MessageId> ids(List<String> values) {
    return values.stream().map(MessageId::new).toList();
  }
}
