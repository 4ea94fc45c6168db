package dev.posthorn.team;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The teams: everybody of the tenant reads them, leads change the settings of their own, admins all of them.
@Path("/api/v1/teams")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Teams")
class TeamResource {
  private final TeamDesk desk;

  TeamResource(TeamDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List teams", description = "Oldest first.")
  public Page<TeamView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("teams"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Create a team", description = "The new team has a forwarding address, which is also its sender.")
  @APIResponseSchema(value = TeamView.class, responseCode = "201", responseDescription = "The team")
  @APIResponse(responseCode = "409", description = "Another team has the name")
  @APIResponse(responseCode = "422", description = "An agent or the queue does not exist")
  public RestResponse<TeamView> create(@Valid @NotNull NewTeam wanted) {
    var team = desk.create(wanted);
    return Created.at("/api/v1/teams/" + team.id(), team);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show a team")
  @APIResponse(responseCode = "200", description = "The team")
  @APIResponse(responseCode = "404", description = "There is no such team")
  public TeamView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed({Roles.ADMIN, Roles.LEAD})
  @Operation(summary = "Change a team", description = """
      A lead changes the settings of the teams that the agent leads; the name and the people of a team are changed by \
      admins. When `emailHubEnabled` becomes true, mail that was held for the team is filed.""")
  @RequestBodySchema(TeamChange.class)
  @APIResponse(responseCode = "200", description = "The team as it is now")
  @APIResponse(responseCode = "403", description = "Not a team of this lead, or not for leads")
  @APIResponse(responseCode = "404", description = "There is no such team")
  @APIResponse(responseCode = "409", description = "Another team has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "An agent or the queue does not exist, or the sender is none of the team's addresses")
  public TeamView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete a team", description = """
      Only a team that was never used: one that has no mail, no ticket and no queue, and is not the last. Its addresses \
      are never issued again.""")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such team")
  @APIResponse(responseCode = "409", description = "The team is in use, or the last one")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }
}
