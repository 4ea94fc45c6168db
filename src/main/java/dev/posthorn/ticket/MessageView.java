package dev.posthorn.ticket;

import dev.posthorn.mail.HtmlPage;
import dev.posthorn.mail.Sha256;
import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.outbox.OutboundRecipient;
import dev.posthorn.text.OutboundText;
import dev.posthorn.trust.Authentication;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A message as the API shows it.
///
/// @param bcc whom our own reply went to without the others seeing it; agents do (EH-09)
/// @param messageId without angle brackets, as all ids here
/// @param sentAt inbound: what the mail says of itself; outbound: when the last try ended with somebody having it
/// @param receivedAt when it came in; null for outbound ones
/// @param text the whole text to read
/// @param html sanitised; its `cid:` links name attachments by `contentId`
/// @param blockedImages images from elsewhere that `html` names as `data-remote-src` and does not load
/// @param newText the text without what it quotes and without its signature
/// @param newTextConfidence how sure that is: `high`, `medium`, or `low`, and then `newText` is the whole text; null for outbound ones (P-50)
/// @param flaws what was wrong with the mail or too much of it
/// @param placedBy which evidence put an inbound mail into this ticket
/// @param classification `ordinary`, `auto-reply`, `automatic`, `list`, `bounce`, `receipt`, `complaint` or `challenge`
/// @param authentication what is known of who sent it; null for outbound ones
/// @param delivery how far an outbound one got; null for inbound ones
/// @param forwardOfId the message that this one forwards; null for none
/// @param seenBy the agents who have seen it (WX-10); of our own replies too
/// @param outboundChannel the way out, and which level chose it; null for inbound ones
@Schema(name = "Message")
public record MessageView(
    UUID id,
    UUID ticketId,
    String direction,
    String channel,
    Message.Party from,
    List<Message.Party> to,
    List<Message.Party> cc,
    List<Message.Party> bcc,
    List<Message.Party> replyTo,
    String subject,
    String messageId,
    List<String> inReplyTo,
    List<String> references,
    Instant sentAt,
    Instant receivedAt,
    String text,
    String html,
    int blockedImages,
    String newText,
    String newTextConfidence,
    List<AttachmentView> attachments,
    List<String> flaws,
    String placedBy,
    String classification,
    Authentication authentication,
    UUID contactId,
    UUID agentId,
    Delivery delivery,
    ChosenChannel outboundChannel,
    UUID forwardOfId,
    List<SeenBy> seenBy,
    Instant createdAt) {

  /// A file of a message; its bytes are at `/attachments/{id}`.
  ///
  /// @param contentType what the sender says
  /// @param sha256 of the bytes, in hexadecimal digits
  /// @param inline whether the HTML shows it in its place, by `contentId`
  /// @param path its place in the mail
  @Schema(name = "Attachment")
  public record AttachmentView(
      UUID id, String name, String contentType, long size, String sha256, boolean inline, String contentId, String path) {
    static AttachmentView of(Attachment row) {
      return new AttachmentView(row.id, row.name, row.contentType, row.size, Sha256.of(row.sha256).hex(), row.inline,
          row.contentId, row.path);
    }
  }

  /// How far a message that leaves got.
  ///
  /// @param sendAt before this time it does not leave, and can be taken back; null where it leaves at once
  /// @param lastError the server's words, or what went wrong on the way to it
  /// @param doubtful the last try ended so that nobody knows whether it arrived
  @Schema(name = "Delivery")
  public record Delivery(
      String state, int attempts, Instant sendAt, String lastError, Instant sentAt, boolean doubtful, List<DeliveredTo> recipients) {
    static Delivery of(OutboundMail mail, List<OutboundRecipient> recipients) {
      return new Delivery(mail.state, mail.attempts, mail.notBefore, mail.lastError, mail.sentAt, mail.doubtful,
          recipients.stream().map(one -> new DeliveredTo(one.address, one.state, one.serverWords)).toList());
    }
  }

  /// How far a text got. What it says is known of one recipient.
  static Delivery delivery(OutboundText text) {
    return new Delivery(text.state, text.attempts, text.notBefore, text.lastError, text.sentAt, text.doubtful,
        List.of(new DeliveredTo(text.number, text.state, text.lastError)));
  }

  /// How far it got with one recipient.
  @Schema(name = "DeliveredTo")
  public record DeliveredTo(String address, String state, String serverWords) {}

  /// @param id an outbound channel; of a text, a text account
  /// @param chosenBy `reply`, `inbound-channel`, `queue`, `team`, `tenant` or `relay`; of a text `reply`, `conversation` or `team`
  @Schema(name = "ChosenChannel")
  public record ChosenChannel(UUID id, String chosenBy) {}

  /// Somebody who has seen a message.
  ///
  /// @param at when they last said so of its ticket
  @Schema(name = "SeenBy")
  public record SeenBy(UUID agentId, Instant at) {}

  /// The same without what agents keep to themselves: who got it in secret, how it was judged, and how it was sent.
  MessageView forRequester() {
    return new MessageView(id, ticketId, direction, channel, from, to, cc, List.of(), replyTo, subject, messageId, inReplyTo, references, sentAt,
        receivedAt, text, html, blockedImages, newText, newTextConfidence, attachments, List.of(), null, classification, null, contactId, null, null,
        null, null, List.of(), createdAt);
  }

  static MessageView inbound(Message row, List<AttachmentView> attachments, List<SeenBy> seenBy) {
    return of(row, row.sentAt, row.receivedAt, attachments, seenBy, null, null);
  }

  static MessageView outbound(Message row, List<AttachmentView> attachments, List<SeenBy> seenBy, OutboundMail mail,
      List<OutboundRecipient> recipients) {
    return of(row, mail.sentAt, null, attachments, seenBy, Delivery.of(mail, recipients), new ChosenChannel(mail.channelId, row.channelChosenBy));
  }

  static MessageView outbound(Message row, List<SeenBy> seenBy, OutboundText text) {
    return of(row, text.sentAt, null, List.of(), seenBy, delivery(text), new ChosenChannel(text.accountId, row.channelChosenBy));
  }

  private static MessageView of(Message row, Instant sentAt, Instant receivedAt, List<AttachmentView> attachments, List<SeenBy> seenBy,
      Delivery delivery, ChosenChannel channel) {
    var parties = row.parties;
    return new MessageView(row.id, row.ticketId, row.direction, row.channel, new Message.Party(row.fromName, row.fromAddress),
        parties.to(), parties.cc(), parties.bcc(), parties.replyTo(), row.subject, row.messageId, row.inReplyTo, row.refs, sentAt,
        receivedAt, row.text, row.html, row.html == null ? 0 : HtmlPage.blockedImages(row.html), row.newText == null ? row.text : row.newText, row.newTextConfidence, attachments,
        row.flaws, row.placedBy, row.classification, row.authentication, row.contactId, row.agentId, delivery,
        channel, row.forwardOfId, seenBy, row.createdAt);
  }

  /// Says nothing of what was written.
  @Override
  public String toString() {
    return "MessageView[" + id + "]";
  }
}
