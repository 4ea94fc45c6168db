package dev.posthorn.ticket;

import dev.posthorn.channel.OutboundChannel;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Classification;
import dev.posthorn.mail.CleanText;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.Header;
import dev.posthorn.mail.HtmlText;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.OutgoingHtml;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.team.Team;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Tells whoever opened a ticket by mail that it arrived (AT-04). In the transaction that opens the ticket, so once. Whether
/// it may be told at all is decided before.
///
/// RFC 3834: marked as automatic, In-Reply-To the mail that it answers, and from nobody, where the way out allows it.
@ApplicationScoped
public class Confirmation {
  private static final List<Header> AUTOMATIC =
      List.of(new Header("Auto-Submitted", "auto-replied"), new Header("X-Auto-Response-Suppress", "All"));

  private final ReplyRoute route;
  private final Templates templates;
  private final Appearances appearances;
  private final Messages messages;
  private final ThreadRefs threadRefs;
  private final Outbox outbox;
  private final Tenants tenants;
  private final CurrentTenant current;
  private final Journal journal;
  private final Clock clock;

  Confirmation(ReplyRoute route, Templates templates, Appearances appearances, Messages messages, ThreadRefs threadRefs, Outbox outbox, Tenants tenants, CurrentTenant current,
      Journal journal, Clock clock) {
    this.route = route;
    this.templates = templates;
    this.appearances = appearances;
    this.messages = messages;
    this.threadRefs = threadRefs;
    this.outbox = outbox;
    this.tenants = tenants;
    this.current = current;
    this.journal = journal;
    this.clock = clock;
  }

  /// @param opening the mail that opened the ticket
  /// @param template in place of the usual words; one that is gone is left out
  public void send(Ticket ticket, Team team, Incoming opening, Optional<UUID> template) {
    var tenant = tenants.findById(current.value());
    var way = route.choose(ticket, Optional.empty());
    var from = new Address(name(team, tenant, way), way.from().address());
    var words = template.flatMap(templates::findByIdOptional).map(found -> words(found, ticket, opening))
        .orElseGet(() -> ConfirmationText.in(tenant.locale, ticket, from.name()));
    var message = write(ticket, opening, from, way, words);
    var parcel = new Outbox.Parcel(way.channel().id, returnPath(way, from), List.of(opening.sender()), draft(message, opening, from, way), Optional.empty());
    var outbound = outbox.enqueue(parcel);
    message.sha256 = outbound.sha256;
    message.size = outbound.size;
    message.outboundMailId = outbound.id;
    messages.persistAndFlush(message);
    threadRefs.add(Messages.threadRefs(ticket.id, Optional.of(new MessageId(message.messageId)), opening.messageId().stream().toList(), List.of()));
    journal.ticket("ticket.confirmed", ticket.id, Actor.SYSTEM, Map.of("messageId", message.id));
  }

  private ConfirmationText words(Template template, Ticket ticket, Incoming opening) {
    var filled = Templates.filled(template, templates.of(ticket, Optional.empty()));
    var html = OutgoingHtml.sanitize(appearances.dress(ticket.teamId, filled.html()));
    var subject = filled.subject().isBlank() ? opening.subject() : filled.subject();
    return new ConfirmationText(CleanText.cut(subject, TicketDesk.MAX_SUBJECT), HtmlText.of(html), Optional.of(html));
  }

  /// EH-25.
  private static String name(Team team, Tenant tenant, ReplyRoute.Way way) {
    return team.useDisplayNameInAutoReplies ? way.from().name() : tenant.name;
  }

  /// A provider's mailbox sends in its own name only; the relay takes mail from nobody (RFC 3834, section 3.3).
  private static String returnPath(ReplyRoute.Way way, Address from) {
    return way.channel().kind.equals(OutboundChannel.RELAY) ? "" : from.address();
  }

  private Message write(Ticket ticket, Incoming opening, Address from, ReplyRoute.Way way, ConfirmationText words) {
    var message = new Message();
    message.id = Ids.next();
    message.ticketId = ticket.id;
    message.direction = Message.OUTBOUND;
    message.channel = Message.EMAIL;
    message.classification = Classification.AUTO_REPLY.word();
    message.fromName = from.name();
    message.fromAddress = from.address();
    message.parties = new Message.Parties(Messages.parties(List.of(opening.sender())), List.of(), List.of(), Messages.parties(List.of(way.replyTo())));
    message.subject = words.subject();
    message.messageId = MessageId.fresh(from.domain()).value();
    message.inReplyTo = opening.messageId().map(MessageId::value).stream().toList();
    message.refs = references(opening).stream().map(MessageId::value).toList();
    message.receivedAt = clock.instant();
    message.text = words.text().strip();
    message.html = words.html().orElse(null);
    message.flaws = List.of();
    message.channelChosenBy = way.chosenBy();
    message.createdAt = message.receivedAt;
    return message;
  }

  /// RFC 5322, section 3.6.4.
  private static List<MessageId> references(Incoming opening) {
    return Stream.concat(opening.references().stream(), opening.messageId().stream()).distinct().toList();
  }

  private static Draft draft(Message message, Incoming opening, Address from, ReplyRoute.Way way) {
    return new Draft(from, List.of(opening.sender()), List.of(), Optional.of(way.replyTo()), message.subject, new MessageId(message.messageId),
        opening.messageId(), references(opening), message.createdAt, message.text, Optional.ofNullable(message.html), List.of(), List.of(), AUTOMATIC);
  }
}
