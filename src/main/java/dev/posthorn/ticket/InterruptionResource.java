package dev.posthorn.ticket;

import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// That a ticket was interrupted, and goes on.
@Path("/api/v1/tickets/{id}/interruption")
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
public class InterruptionResource {
  private final Interruption interruption;

  InterruptionResource(Interruption interruption) {
    this.interruption = interruption;
  }

  @DELETE
  @Operation(summary = "Let an interrupted ticket go on", description = "The mailbox or text account that it came by was deleted. From now on it is answered by whatever else answers it. To move or to close it does the same.")
  @APIResponse(responseCode = "204", description = "It goes on.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  public void end(@PathParam("id") UUID id) {
    interruption.end(id);
  }
}
