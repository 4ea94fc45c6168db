package dev.posthorn.ticket;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.Header;
import dev.posthorn.mail.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A mail that somebody of the tenant writes in a ticket.
///
/// @param answers the message that it answers
/// @param forwardOf the message that it forwards
/// @param author the agent who writes; none for a key without an agent
/// @param sendAt when it is to leave, where that is not at once
record Letter(Ticket ticket, String subject, ReplyPeople.Recipients recipients, ReplyRoute.Way way, ReplyContent content,
    Optional<Message> answers, Optional<UUID> forwardOf, Optional<UUID> author, Optional<Instant> sendAt) {
  /// Everybody who gets it.
  List<Address> everybody() {
    return Stream.of(recipients.to(), recipients.cc(), recipients.bcc()).flatMap(List::stream).toList();
  }

  /// The mail as it is to be composed. It is dated when it leaves.
  Draft draft(Message message) {
    return new Draft(way.from(), recipients.to(), recipients.cc(), Optional.of(way.replyTo()), message.subject,
        new MessageId(message.messageId), message.inReplyTo.stream().findFirst().map(MessageId::new),
        message.refs.stream().map(MessageId::new).toList(), sendAt.orElse(message.createdAt), content.text(), content.html(),
        content.files().inline(), content.files().attached(),
        Optional.ofNullable(message.threadIndex).map(index -> new Header("Thread-Index", index)).stream().toList());
  }

  @Override
  public String toString() {
    return "Letter[]";
  }
}
