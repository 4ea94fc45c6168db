package dev.posthorn.ticket;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A message that is to be passed on, with what its forwarder says of it.
///
/// @param messageId the message; without it the newest that came in, else the newest
/// @param to somebody at least
/// @param html what stands above it; may be left out, as `text`
/// @param attachmentIds uploads that go along beside the message's own files
/// @param templateId the template whose text stands above it
/// @param withoutAttachmentIds files of the message that stay behind
/// @param sendAt when it is to leave; at once where nothing is said
public record ForwardRequest(
    UUID messageId,
    List<ReplyRequest.Recipient> to,
    List<ReplyRequest.Recipient> cc,
    List<ReplyRequest.Recipient> bcc,
    String html,
    String text,
    List<UUID> attachmentIds,
    UUID templateId,
    List<UUID> withoutAttachmentIds,
    UUID outboundChannelId,
    Instant sendAt) {
  Body body() {
    return new Body(html, text, templateId, attachmentIds);
  }
}
