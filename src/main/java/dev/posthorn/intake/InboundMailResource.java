package dev.posthorn.intake;

import dev.posthorn.web.Cursor;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Every mail that came in, what became of it, and why (P-53). For admins: it names senders of mail that is nobody's ticket.
@Path("/api/v1/inbound-mails")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Inbound mail")
class InboundMailResource {
  private static final String STATES = "pending|ticketed|threaded|ignored|quarantined|failed|echo|bounce";

  private final InboundMails mails;
  private final Quarantine quarantine;

  InboundMailResource(InboundMails mails, Quarantine quarantine) {
    this.mails = mails;
    this.quarantine = quarantine;
  }

  @GET
  @Operation(summary = "List inbound mails", description = "Newest first.")
  public Page<InboundMailView> list(@BeanParam PageRequest page,
      @Parameter(description = "Only mails in this state: " + STATES + ".")
      @QueryParam("state") @Pattern(regexp = STATES, message = "must be one of: " + STATES) String state,
      @Parameter(description = "Only mails that came in by this inbound channel.") @QueryParam("channelId") UUID channelId) {
    return QuarkusTransaction.joiningExisting().call(() -> page.of("inbound-mails", state, channelId).answer(
        (after, atMost) -> mails.page(state, channelId, after, atMost),
        mail -> Cursor.at(mail.id), InboundMailView::of, () -> mails.count(state, channelId)));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show an inbound mail")
  @APIResponse(responseCode = "200", description = "The mail and what became of it")
  @APIResponse(responseCode = "404", description = "There is no such mail")
  public InboundMailView show(@PathParam("id") UUID id) {
    return QuarkusTransaction.joiningExisting().call(() -> mails.findByIdOptional(id)).map(InboundMailView::of)
        .orElseThrow(() -> Refusal.notFound("inbound mail"));
  }

  @GET
  @Path("{id}/explanation")
  @Operation(summary = "Explain what became of an inbound mail", description = "Also of one that became no message: every decision with its evidence, as it was when it was settled.")
  @APIResponse(responseCode = "200", description = "The reasons")
  @APIResponse(responseCode = "404", description = "There is no such mail, or nothing was decided about it yet")
  public Explanation explanation(@PathParam("id") UUID id) {
    return QuarkusTransaction.joiningExisting().call(() -> mails.findByIdOptional(id)).map(mail -> mail.explanation)
        .orElseThrow(() -> Refusal.notFound("explanation"));
  }

  @POST
  @Path("{id}/reprocessing")
  @Idempotent
  @Operation(summary = "Try an inbound mail again", description = "One that failed or was ignored is on its way once more, from the bytes that were kept.")
  @APIResponse(responseCode = "202", description = "The mail on its way.", content = @Content(schema = @Schema(implementation = InboundMailView.class)))
  @APIResponse(responseCode = "404", description = "There is no such mail")
  @APIResponse(responseCode = "409", description = "It is filed, or in quarantine")
  public RestResponse<InboundMailView> again(@PathParam("id") UUID id) {
    return RestResponse.accepted(quarantine.again(id));
  }

  /// A mail that came in.
  ///
  /// @param reason why it is in this state; null where the state says it all
  /// @param envelopeFrom the return path; empty for the null sender
  /// @param size in bytes
  /// @param settledAt when it stopped being pending
  /// @param attempts how often filing was begun
  record InboundMailView(
      UUID id,
      UUID inboundChannelId,
      InboundState state,
      String reason,
      String envelopeFrom,
      String envelopeTo,
      long size,
      Instant receivedAt,
      Instant settledAt,
      int attempts,
      UUID ticketId,
      UUID messageId) {
    static InboundMailView of(InboundMail mail) {
      return new InboundMailView(mail.id, mail.channelId, InboundState.of(mail.state), mail.reason, mail.envelopeFrom, mail.envelopeTo,
          mail.size, mail.receivedAt, mail.settledAt, mail.attempts, mail.ticketId, mail.messageId);
    }
  }
}
