package dev.posthorn.ticket;

import dev.posthorn.web.Line;
import dev.posthorn.web.MailAddress;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A ticket that is opened by hand.
///
/// @param subject may be left out where the message's template has one
/// @param contactId whose concern it is; or `requester`
/// @param requester somebody by name and address: the contact who has the address, or a new one
/// @param teamId whose ticket it is: of its queue where that is one's, else the oldest
/// @param queueId the team's usual one where none is named
/// @param message the first mail of it; none is sent where it is left out
@Schema(name = "NewTicket")
public record NewTicket(
    @Line(max = 1000) String subject,
    UUID contactId,
    @Valid NewRequester requester,
    UUID teamId,
    UUID queueId,
    UUID priorityId,
    UUID typeId,
    UUID categoryId,
    @Valid FirstMessage message) {

  /// @param email null for somebody whose address nobody knows
  @Schema(name = "NewRequester")
  public record NewRequester(@Line String name, @MailAddress String email) {}

  /// The first mail: to the requester.
  ///
  /// @param sendAt when it is to leave; at once where nothing is said
  @Schema(name = "FirstMessage")
  public record FirstMessage(String html, String text, UUID templateId, List<ReplyRequest.Recipient> cc, List<ReplyRequest.Recipient> bcc,
      List<UUID> attachmentIds, UUID outboundChannelId, Instant sendAt) {
    Body body() {
      return new Body(html, text, templateId, attachmentIds);
    }

    @Override
    public String toString() {
      return "FirstMessage[]";
    }
  }
}
