package dev.posthorn.ticket;

import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Answers to customers.
@Path("/api/v1/tickets/{id}/replies")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Messages")
public class ReplyResource {
  private final ReplyDesk desk;

  ReplyResource(ReplyDesk desk) {
    this.desk = desk;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Reply", description = "Writes the message, puts the mail into the outbox and answers before it leaves; the message's `delivery` says how far it got. Its From is the team's, its signature the calling agent's, its subject that of the message it answers.")
  @APIResponse(responseCode = "202", description = "The message on its way.", content = @Content(schema = @Schema(implementation = ReplyView.class)))
  @APIResponse(responseCode = "400", description = "A field is unknown or has the wrong shape: for example a name of more than one line.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "409", description = "The ticket is closed, the team's EmailHub is off, or with `strict` there is a newer message.")
  @APIResponse(responseCode = "410", description = "What the ticket came by was deleted: see `interrupted`.")
  @APIResponse(responseCode = "422", description = "Nobody to write to, or an upload, message, status or channel that does not exist.")
  public RestResponse<ReplyView> reply(@PathParam("id") UUID id, @NotNull ReplyRequest request) {
    var posted = desk.post(id, request);
    return RestResponse.ResponseBuilder.<ReplyView>accepted(posted)
        .location(URI.create("/api/v1/messages/" + posted.message().id())).build();
  }
}
