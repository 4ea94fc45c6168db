package dev.posthorn.ticket;

import dev.posthorn.ticket.TicketContext.ContextView;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The customer panel of a ticket.
@Path("/api/v1/tickets/{id}/context")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
public class TicketContextResource {
  private final TicketContext context;

  TicketContextResource(TicketContext context) {
    this.context = context;
  }

  @GET
  @Operation(summary = "Show what is known of a ticket's customer", description = """
      Who it is, the newest other tickets, and what the tenant's own system says: its `contextUrl` is asked with `contactId`, `ticket` \
      (the number), `email` and `externalId`, and answers a JSON object within seconds, or nothing.""")
  @APIResponse(responseCode = "200", description = "What is known; `external.state` says how the question ended.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  public ContextView show(@PathParam("id") UUID id) {
    return context.of(id);
  }
}
