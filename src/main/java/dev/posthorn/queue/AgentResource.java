package dev.posthorn.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.team.Agent;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.MailAddress;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Role;
import dev.posthorn.web.Restless;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The agents: everybody of the tenant reads them, admins change them. They live in the room `team`; here they are shown
/// because an agent's queues are shown with them.
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Agents")
class AgentResource {
  private final AgentDesk desk;

  AgentResource(AgentDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List agents", description = "Oldest first.")
  public Page<AgentView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("agents"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Create an agent", description = "Issue a key for the agent at `/api/v1/api-keys`.")
  @APIResponseSchema(value = AgentView.class, responseCode = "201", responseDescription = "The agent")
  @APIResponse(responseCode = "409", description = "Another agent has the address")
  @APIResponse(responseCode = "422", description = "A team or a queue does not exist")
  public RestResponse<AgentView> create(@Valid @NotNull NewAgent wanted) {
    var agent = desk.create(wanted);
    return Created.at("/api/v1/agents/" + agent.id(), agent);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show an agent")
  @APIResponse(responseCode = "200", description = "The agent")
  @APIResponse(responseCode = "404", description = "There is no such agent")
  public AgentView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change an agent", description = """
      Who leads a team is said at the team: `leadIds`. With `active: false` the agent's sessions and keys are refused at once, and again \
      good when it is true again.""")
  @RequestBodySchema(AgentChange.class)
  @APIResponse(responseCode = "200", description = "The agent as it is now")
  @APIResponse(responseCode = "404", description = "There is no such agent")
  @APIResponse(responseCode = "409", description = "Another agent has the address")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "A team or a queue does not exist")
  public AgentView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete an agent", description = "The agent's keys stop working. What the agent wrote stays.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such agent")
  @APIResponse(responseCode = "409", description = "Tickets are assigned to the agent")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// An agent that is wanted.
  record NewAgent(
      @NotNull @Line String name,
      @NotNull @MailAddress String email,
      @NotNull Role role,
      @Size(max = 50_000) String signatureHtml,
      @Size(max = 1000) List<@NotNull UUID> teamIds,
      @Size(max = 1000) List<@NotNull UUID> queueIds) {}

  /// What of an agent may be changed.
  record AgentChange(
      @NotNull @Line String name,
      @NotNull @MailAddress String email,
      @NotNull Role role,
      @Size(max = 50_000) String signatureHtml,
      @NotNull @Size(max = 1000) List<@NotNull UUID> teamIds,
      @NotNull @Size(max = 1000) List<@NotNull UUID> queueIds,
      boolean active) {
    static AgentChange of(AgentView view) {
      return new AgentChange(view.name(), view.email(), view.role(), view.signatureHtml(), view.teamIds(), view.queueIds(), view.active());
    }
  }

  /// An agent as HTTP shows it.
  ///
  /// @param signatureHtml stands under every mail the agent sends (EH-15), cleaned of what may not be sent
  /// @param active whether the agent gets in at all: who is not active has neither sessions nor keys that work
  /// @param state whether they are there to be offered work: `offline`, `available` or `rona`
  record AgentView(
      UUID id,
      String name,
      String email,
      Role role,
      String signatureHtml,
      List<UUID> teamIds,
      List<UUID> queueIds,
      boolean active,
      String state,
      Instant createdAt,
      Instant updatedAt) implements Restless {
    static AgentView of(Agent agent, List<UUID> teams, List<UUID> queues) {
      return new AgentView(agent.id, agent.name, agent.email, Role.valueOf(agent.role.toUpperCase(Locale.ROOT)),
          agent.signatureHtml, teams, queues, agent.active, agent.state, agent.createdAt, agent.updatedAt);
    }

    @Override
    public Object settled() {
      return new AgentView(id, name, email, role, signatureHtml, teamIds, queueIds, active, null, createdAt, updatedAt);
    }
  }
}
