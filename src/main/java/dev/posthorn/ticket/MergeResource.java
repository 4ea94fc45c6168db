package dev.posthorn.ticket;

import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Tickets that turn out to be one.
@Path("/api/v1/tickets/{id}/merges")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
public class MergeResource {
  private final Merge merge;

  MergeResource(Merge merge) {
    this.merge = merge;
  }

  /// @param intoTicketId where it shall go on
  @Schema(name = "MergeRequest")
  public record MergeRequest(@NotNull UUID intoTicketId) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Merge a ticket into another", description = "Its messages and comments move there, its people take part there, it is closed for good. Answers to it land in the other one, however often that is merged in turn.")
  @APIResponse(responseCode = "200", description = "The ticket in which it goes on.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "409", description = "It is merged already, or the other one goes on in it.")
  @APIResponse(responseCode = "422", description = "The caller sees no such ticket to merge it into.")
  public TicketView merge(@PathParam("id") UUID id, @Valid @NotNull MergeRequest request) {
    return merge.into(id, request.intoTicketId());
  }
}
