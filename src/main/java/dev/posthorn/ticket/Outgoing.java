package dev.posthorn.ticket;

import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.ThreadIndex;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.outbox.RelayBudget;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes a letter down: as a message of its ticket, as a mail in the outbox, and as what later mail may refer to. In the
/// caller's transaction; the Message-ID is final before anything is tried.
@ApplicationScoped
class Outgoing {
  private final ReplyPeople people;
  private final Messages messages;
  private final TicketDesk desk;
  private final ThreadRefs threadRefs;
  private final Outbox outbox;
  private final RelayBudget relay;
  private final TicketConfig config;
  private final Clock clock;

  Outgoing(ReplyPeople people, Messages messages, TicketDesk desk, ThreadRefs threadRefs, Outbox outbox, RelayBudget relay, TicketConfig config, Clock clock) {
    this.people = people;
    this.messages = messages;
    this.desk = desk;
    this.threadRefs = threadRefs;
    this.outbox = outbox;
    this.relay = relay;
    this.config = config;
    this.clock = clock;
  }

  /// When a letter may leave: as wished, or at the end of the time in which it can be taken back.
  ///
  /// @throws Refusal 422 for a time that is over or too far away
  Optional<Instant> leaves(Instant wished) {
    var now = clock.instant();
    if (wished == null) {
      return config.undoWindow().isZero() ? Optional.empty() : Optional.of(now.plus(config.undoWindow()));
    }
    if (!wished.isAfter(now)) {
      throw Refusal.unprocessable("/sendAt", "That time is over.");
    }
    if (wished.isAfter(now.plus(config.maxSendAhead()))) {
      throw Refusal.unprocessable("/sendAt", "At most " + config.maxSendAhead().toDays() + " days ahead.");
    }
    return Optional.of(wished);
  }

  /// @throws Refusal 429 where the tenant has written as much by the platform's relay as it may in a day
  Message send(Letter letter) {
    relay.demandRecipients(letter.way().channel().id, letter.everybody().size());
    var message = write(letter);
    var mail = outbox.enqueue(new Outbox.Parcel(letter.way().channel().id, letter.way().returnPath().address(), letter.everybody(),
        letter.draft(message), letter.sendAt()));
    message.sha256 = mail.sha256;
    message.size = mail.size;
    message.outboundMailId = mail.id;
    messages.persistAndFlush(message);
    letter.content().files().attach(message.id, messages);
    threadRefs.add(Messages.threadRefs(letter.ticket().id, Optional.of(new MessageId(message.messageId)), ids(message.inReplyTo), ids(message.refs)));
    desk.join(people.participants(letter.ticket(), letter.recipients(), message.createdAt));
    return message;
  }

  private Message write(Letter letter) {
    var way = letter.way();
    var message = new Message();
    message.id = Ids.next();
    message.ticketId = letter.ticket().id;
    message.direction = Message.OUTBOUND;
    message.channel = Message.EMAIL;
    message.fromName = way.from().name();
    message.fromAddress = way.from().address();
    message.parties = new Message.Parties(Messages.parties(letter.recipients().to()), Messages.parties(letter.recipients().cc()),
        Messages.parties(letter.recipients().bcc()), Messages.parties(List.of(way.replyTo())));
    message.subject = letter.subject();
    message.messageId = MessageId.fresh(way.from().domain()).value();
    message.inReplyTo = letter.answers().map(answered -> answered.messageId).map(List::of).orElse(List.of());
    message.refs = letter.answers().map(Outgoing::references).orElse(List.of());
    // Outlook threads by its own count and not by References (P-19).
    message.threadIndex = letter.answers().map(answered -> answered.threadIndex).flatMap(ThreadIndex::parse).map(index -> index.answer().value())
        .orElse(null);
    message.receivedAt = clock.instant();
    message.text = letter.content().text();
    message.html = letter.content().html().orElse(null);
    message.flaws = List.of();
    message.agentId = letter.author().orElse(null);
    message.channelChosenBy = way.chosenBy();
    message.forwardOfId = letter.forwardOf().orElse(null);
    message.notBefore = letter.sendAt().orElse(null);
    message.createdAt = message.receivedAt;
    return message;
  }

  /// RFC 5322, section 3.6.4: the parent's References, else its In-Reply-To if that is one id, and the parent's own id.
  private static List<String> references(Message answered) {
    var references = new ArrayList<>(answered.refs.isEmpty() && answered.inReplyTo.size() == 1 ? answered.inReplyTo : answered.refs);
    Optional.ofNullable(answered.messageId).filter(id -> !references.contains(id)).ifPresent(references::add);
    return references;
  }

  private static List<MessageId> ids(List<String> values) {
    return values.stream().map(MessageId::new).toList();
  }
}
