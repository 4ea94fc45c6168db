package dev.posthorn.ticket;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Attachment;
import dev.posthorn.mail.BaseSubject;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.QuoteSplitter;
import dev.posthorn.mail.Sha256;
import dev.posthorn.mail.ThreadIndex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// An inbound mail, read: what a message of a ticket is made from. A mail that could not be read is one too, with its
/// original attached.
///
/// @param sender who wrote it, believed or not
/// @param subject one line, never empty
/// @param html sanitised
/// @param split what is new in the text, and how sure that is
/// @param threadIndex the conversation as Outlook and Exchange count it
/// @param forwardedFrom who wrote the mail that this one forwards, as its text says
/// @param senderVerified whether it is certain that the sender's domain sent it (DMARC)
/// @param signedNumber the ticket that a valid signed reply address among its recipients names
/// @param providerConversation the conversation as the provider of its mailbox counts it, by a name that is that mailbox's alone
public record Incoming(
    UUID inboundMailId,
    Sha256 sha256,
    long size,
    Instant receivedAt,
    Address sender,
    List<Address> replyTo,
    List<Address> to,
    List<Address> cc,
    String subject,
    Optional<MessageId> messageId,
    List<MessageId> inReplyTo,
    List<MessageId> references,
    Optional<ThreadIndex> threadIndex,
    Optional<Instant> sentAt,
    String text,
    Optional<String> html,
    QuoteSplitter.Split split,
    List<Attachment> attachments,
    List<String> flaws,
    Optional<Address> forwardedFrom,
    boolean senderVerified,
    Optional<Long> signedNumber,
    Optional<String> providerConversation) {

  /// Names of the conversations that it belongs to as programs and providers count them.
  public List<String> conversations() {
    return Stream.concat(outlookConversation().stream(), providerConversation.stream()).toList();
  }

  /// The conversation as Outlook counts it.
  public Optional<String> outlookConversation() {
    return threadIndex.map(index -> "thread-index:" + index.conversation());
  }

  /// Whether it answers something, as its header or its subject says. Providers count mails as one conversation that have nothing but
  /// their subject in common.
  public boolean isAnswer() {
    return !inReplyTo.isEmpty() || !references.isEmpty() || BaseSubject.isMarked(subject);
  }

  @Override
  public String toString() {
    return "Incoming[" + inboundMailId + "]";
  }
}
