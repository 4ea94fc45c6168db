package dev.posthorn.desk;

import dev.posthorn.team.Agent;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Whether an agent is there to be offered work (WX-04).
@Path("/api/v1/agents/{id}/state")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Offers")
class AgentStateResource {
  private final AgentStates states;

  AgentStateResource(AgentStates states) {
    this.states = states;
  }

  @GET
  @Operation(summary = "Whether an agent is there")
  @APIResponse(responseCode = "200", description = "The state")
  @APIResponse(responseCode = "404", description = "There is no such agent")
  public StateView show(@PathParam("id") UUID id) {
    return states.show(id);
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Say whether an agent is there", description = "`available` or `offline`; `rona` comes by itself when an offer is let pass, and ends with `available`.")
  @APIResponse(responseCode = "200", description = "The state as it is now")
  @APIResponse(responseCode = "403", description = "The caller is neither the agent nor a lead or admin")
  @APIResponse(responseCode = "404", description = "There is no such agent")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public StateView put(@PathParam("id") UUID id, @Valid @NotNull StateWish wanted) {
    return states.put(id, wanted);
  }

  /// @param capacity how many tickets the agent has at once; null for what is usual
  @Schema(name = "AgentStateWish")
  record StateWish(@NotNull @Schema(enumeration = {"offline", "available"}) AgentState state, @Min(1) @Max(1000) Integer capacity) {}

  /// @param since null for somebody who was never there
  @Schema(name = "AgentStateView")
  record StateView(UUID agentId, AgentState state, Instant since, Integer capacity) {
    static StateView of(Agent agent) {
      return new StateView(agent.id, AgentState.of(agent.state), agent.stateSince, agent.capacity);
    }
  }
}
