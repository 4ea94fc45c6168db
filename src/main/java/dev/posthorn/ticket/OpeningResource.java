package dev.posthorn.ticket;

import dev.posthorn.web.Caller;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Tickets that nobody wrote a mail for.
@Path("/api/v1/tickets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
public class OpeningResource {
  private final Opening opening;
  private final Caller caller;

  OpeningResource(Opening opening, Caller caller) {
    this.opening = opening;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Open a ticket by hand", description = "With `message` it begins with a mail to its requester, and is open; without, it is new and nobody is written to.")
  @APIResponseSchema(value = TicketView.class, responseCode = "201", responseDescription = "The ticket.")
  @APIResponse(responseCode = "400", description = "A field is unknown, missing, or has the wrong shape.")
  @APIResponse(responseCode = "409", description = "A message is wanted, and the team's EmailHub is off.")
  @APIResponse(responseCode = "422", description = "A contact, queue, team, priority, template, upload or channel does not exist; or the requester has no address.")
  public RestResponse<TicketView> open(@Valid @NotNull NewTicket wanted) {
    var ticket = opening.open(wanted, caller.agentId());
    return Created.at("/api/v1/tickets/" + ticket.id(), ticket);
  }
}
