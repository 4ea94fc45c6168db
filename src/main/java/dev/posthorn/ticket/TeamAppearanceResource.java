package dev.posthorn.ticket;

import dev.posthorn.ticket.AppearanceResource.AppearanceView;
import dev.posthorn.ticket.AppearanceResource.AppearanceWish;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// How mail of one team looks (OD-28). Its own appearance takes the place of the tenant's as a whole.
@Path("/api/v1/teams/{id}/mail-appearance")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Teams")
class TeamAppearanceResource {
  private final AppearanceDesk desk;

  TeamAppearanceResource(AppearanceDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "Show how a team's mail looks")
  @APIResponse(responseCode = "200", description = "The team's own, or the tenant's")
  @APIResponse(responseCode = "404", description = "There is no such team")
  public AppearanceView show(@PathParam("id") UUID teamId) {
    return desk.show(Optional.of(teamId));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Say how a team's mail looks", description = "Leads say so of the teams that they lead.")
  @APIResponse(responseCode = "200", description = "As it is now")
  @APIResponse(responseCode = "403", description = "The caller does not lead the team")
  @APIResponse(responseCode = "404", description = "There is no such team")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public AppearanceView put(@PathParam("id") UUID teamId, @Valid @NotNull AppearanceWish wanted) {
    return desk.put(Optional.of(teamId), wanted);
  }

  @DELETE
  @Operation(summary = "Let a team's mail look like the tenant's")
  @APIResponse(responseCode = "204", description = "It does")
  @APIResponse(responseCode = "403", description = "The caller does not lead the team")
  @APIResponse(responseCode = "404", description = "There is no such team")
  public void remove(@PathParam("id") UUID teamId) {
    desk.remove(teamId);
  }
}
