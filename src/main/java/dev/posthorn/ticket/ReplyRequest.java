package dev.posthorn.ticket;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// An agent's answer. Exactly one of `html`, `text` and `templateId` is given.
///
/// @param to who it goes to, of a text one number; without it, and without `replyAll`, whoever wrote the message that is answered
/// @param replyAll to the author and everybody in To and Cc of the message that is answered, but ourselves
/// @param inReplyToMessageId the message that is answered; without it the newest one
/// @param attachmentIds uploads that go along; one whose id stands in the HTML as `cid:<id>` is shown in its place
/// @param templateId the template whose text is sent, filled in for this ticket
/// @param outboundChannelId overrides every other choice of the channel; of a text, a text account
/// @param channel `email`, or `text` for a text message: of one number and without HTML, files and signature; `email` where nothing is said
/// @param status the ticket's status afterwards
/// @param strict refuse (409) when the message that is answered is not the newest
/// @param sendAt when it is to leave; until then it can be taken back. At once where nothing is said
public record ReplyRequest(
    String html,
    String text,
    List<Recipient> to,
    List<Recipient> cc,
    List<Recipient> bcc,
    Boolean replyAll,
    UUID inReplyToMessageId,
    List<UUID> attachmentIds,
    UUID templateId,
    UUID outboundChannelId,
    String channel,
    String status,
    Boolean strict,
    Instant sendAt) {

  /// Somebody a reply goes to.
  public record Recipient(String name, String address) {}

  Body body() {
    return new Body(html, text, templateId, attachmentIds);
  }
}
