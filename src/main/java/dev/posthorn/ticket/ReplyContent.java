package dev.posthorn.ticket;

import dev.posthorn.mail.Draft;
import dev.posthorn.mail.Header;
import dev.posthorn.mail.MessageId;
import java.util.List;
import java.util.Optional;

/// What a reply says: its text, its HTML with content ids in place, and its files.
record ReplyContent(String text, Optional<String> html, ReplyFiles.Attached files) {

  /// The mail as it is to be composed.
  Draft draft(Message message, ReplyPeople.Recipients recipients, ReplyRoute.Way way) {
    return new Draft(way.from(), recipients.to(), recipients.cc(), Optional.of(way.replyTo()), message.subject,
        new MessageId(message.messageId), message.inReplyTo.stream().findFirst().map(MessageId::new),
        message.refs.stream().map(MessageId::new).toList(), message.createdAt, text, html, files.inline(), files.attached(),
        Optional.ofNullable(message.threadIndex).map(index -> new Header("Thread-Index", index)).stream().toList());
  }
}
