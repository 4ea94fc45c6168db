package dev.posthorn.intake;

import dev.posthorn.intake.InboundMailResource.InboundMailView;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Mail that waits for somebody to let it in (EH-23). For admins, as all mail that is nobody's ticket.
@Path("/api/v1/quarantine")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Inbound mail")
class QuarantineResource {
  private final InboundMails mails;
  private final Quarantine quarantine;

  QuarantineResource(InboundMails mails, Quarantine quarantine) {
    this.mails = mails;
    this.quarantine = quarantine;
  }

  @GET
  @Operation(summary = "List mails in quarantine", description = "Newest first.")
  public Page<HeldMailView> list(@BeanParam PageRequest page) {
    var state = InboundState.QUARANTINED.word();
    return QuarkusTransaction.joiningExisting().call(() -> page.of("quarantine").answer(
        (after, atMost) -> mails.page(state, null, after, atMost),
        mail -> Cursor.at(mail.id), HeldMailView::of, () -> mails.count(state, (UUID) null)));
  }

  @POST
  @Path("{id}/release")
  @Idempotent
  @Operation(summary = "Release a mail from quarantine", description = "It is filed into a ticket next, whatever held it back. Releasing it again changes nothing.")
  @APIResponse(responseCode = "202", description = "The mail on its way, or what has become of it since.", content = @Content(schema = @Schema(implementation = InboundMailView.class)))
  @APIResponse(responseCode = "404", description = "There is no such mail in quarantine")
  public RestResponse<InboundMailView> release(@PathParam("id") UUID id) {
    return RestResponse.accepted(quarantine.release(id));
  }

  /// A mail that waits.
  ///
  /// @param id of the inbound mail
  /// @param reason why it waits: `unknown-contact` for a sender whom a team that accepts known contacts only does not know
  /// @param from who wrote it, as it says
  record HeldMailView(UUID id, UUID inboundChannelId, String reason, String from, String subject, String envelopeFrom, String envelopeTo,
      long size, Instant receivedAt) {
    static HeldMailView of(InboundMail mail) {
      return new HeldMailView(mail.id, mail.channelId, mail.reason, mail.sender, mail.subject, mail.envelopeFrom, mail.envelopeTo, mail.size,
          mail.receivedAt);
    }

    /// Says nothing of what was written.
    @Override
    public String toString() {
      return "HeldMailView[" + id + "]";
    }
  }
}
