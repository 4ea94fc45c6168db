package dev.posthorn.ticket;

import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What agents have seen of a ticket.
@Path("/api/v1/tickets/{id}/seen")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
public class SeenResource {
  private final Sightings sightings;

  SeenResource(Sightings sightings) {
    this.sightings = sightings;
  }

  @POST
  @Idempotent
  @Operation(summary = "Say that one has seen a ticket", description = "All of its messages up to now have the caller in `seenBy` then; those that come later are unseen (WX-10).")
  @APIResponse(responseCode = "204", description = "Seen.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "422", description = "The key stands for no agent.")
  public void seen(@PathParam("id") UUID id) {
    sightings.all(id);
  }
}
