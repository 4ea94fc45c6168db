package dev.posthorn.ticket;

import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Tickets that turn out to be two.
@Path("/api/v1/tickets/{id}/splits")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
public class SplitResource {
  private final Split split;

  SplitResource(Split split) {
    this.split = split;
  }

  /// @param messageIds what moves; at least one message stays
  /// @param subject of the new ticket; that of the first message that moves, where it is left out
  @Schema(name = "SplitRequest")
  public record SplitRequest(@NotEmpty @Size(max = 1000) List<@NotNull UUID> messageIds, @Line(max = TicketDesk.MAX_SUBJECT) String subject) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Split a ticket", description = "Some of its messages go on in a new ticket in the same place, which follows the old one, and answers to them land there. To merge the new one into the old one takes it back.")
  @APIResponseSchema(value = TicketView.class, responseCode = "201", responseDescription = "The new ticket")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "409", description = "It goes on in another one.")
  @APIResponse(responseCode = "422", description = "A message is not the ticket's, or none would stay.")
  public RestResponse<TicketView> split(@PathParam("id") UUID id, @Valid @NotNull SplitRequest request) {
    var ticket = split.off(id, request.messageIds(), request.subject());
    return Created.at("/api/v1/tickets/" + ticket.id(), ticket);
  }
}
