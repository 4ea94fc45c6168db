package dev.posthorn.ticket;

import dev.posthorn.web.Caller;
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

/// Messages that are passed on.
@Path("/api/v1/tickets/{id}/forwards")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Messages")
public class ForwardResource {
  private final Forward forward;
  private final MessageViews views;
  private final Caller caller;

  ForwardResource(Forward forward, MessageViews views, Caller caller) {
    this.forward = forward;
    this.views = views;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Forward a message", description = "With its text and all of its files, below what is said of it. What whoever gets it answers comes into the ticket; the ticket is as unanswered as before.")
  @APIResponse(responseCode = "202", description = "The message on its way.", content = @Content(schema = @Schema(implementation = MessageView.class)))
  @APIResponse(responseCode = "400", description = "A field is unknown or has the wrong shape.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "409", description = "The ticket is closed, or the team's EmailHub is off.")
  @APIResponse(responseCode = "410", description = "What the ticket came by was deleted: see `interrupted`.")
  @APIResponse(responseCode = "422", description = "Nobody to write to, or a message, file, template or channel that does not exist.")
  public RestResponse<MessageView> forward(@PathParam("id") UUID id, @NotNull ForwardRequest request) {
    var sent = forward.post(id, request, caller.agentId());
    return RestResponse.ResponseBuilder.<MessageView>accepted(views.one(sent.id)).location(URI.create("/api/v1/messages/" + sent.id)).build();
  }
}
