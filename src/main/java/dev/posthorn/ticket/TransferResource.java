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

/// Tickets that are handed over.
@Path("/api/v1/tickets/{id}/transfers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Offers")
public class TransferResource {
  private final Transfer transfer;

  TransferResource(Transfer transfer) {
    this.transfer = transfer;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Hand a ticket over", description = "To a queue (`GET /queues?q=&transferable=true` finds one), or to an agent where `transferTargets` of the tenant says so. By whoever has accepted it; leads and admins hand over what anybody has.")
  @APIResponse(responseCode = "200", description = "The ticket as it is now.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "409", description = "The caller has not accepted it.")
  @APIResponse(responseCode = "422", description = "There is no such target, policy is against it, or the queue demands a wrap-up code.")
  public TicketView transfer(@PathParam("id") UUID id, @Valid @NotNull TransferRequest wanted) {
    return transfer.to(id, wanted);
  }

  /// @param wrapUpCodeId why; needed where the ticket's queue says so
  @Schema(name = "TransferRequest")
  public record TransferRequest(UUID queueId, UUID agentId, UUID wrapUpCodeId) {}
}
