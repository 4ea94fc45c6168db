package dev.posthorn.feed;

import dev.posthorn.team.Agents;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// How an agent is told what happens to the own tickets while nobody listens.
@Path("/api/v1/agents/{id}/notices")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Agents")
class NoticeResource {
  private final Notices notices;
  private final Agents agents;
  private final Caller caller;
  private final Preconditions preconditions;

  NoticeResource(Notices notices, Agents agents, Caller caller, Preconditions preconditions) {
    this.notices = notices;
    this.agents = agents;
    this.caller = caller;
    this.preconditions = preconditions;
  }

  /// @param byMail whether one mail tells of the news of the agent's tickets: assigned, answered, late, not delivered; each event once
  @Schema(name = "AgentNotices")
  record NoticesView(@NotNull Boolean byMail) {}

  @GET
  @Transactional
  @Operation(summary = "Show how an agent is told", description = "Of the own tickets, by agents themselves and by admins.")
  @APIResponse(responseCode = "200", description = "How")
  @APIResponse(responseCode = "403", description = "It is another agent")
  @APIResponse(responseCode = "404", description = "There is no such agent")
  public NoticesView show(@PathParam("id") UUID id) {
    demandOwn(id);
    return new NoticesView(notices.isWished(id));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Transactional
  @Operation(summary = "Say how an agent is told", description = "By mail from now on, or not. Several news within a short time are one mail; nobody is told what they did themselves.")
  @APIResponse(responseCode = "200", description = "How it is now")
  @APIResponse(responseCode = "403", description = "It is another agent")
  @APIResponse(responseCode = "404", description = "There is no such agent")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public NoticesView change(@PathParam("id") UUID id, @Valid @NotNull NoticesView wanted) {
    demandOwn(id);
    preconditions.check(new NoticesView(notices.isWished(id)));
    notices.wish(id, wanted.byMail());
    return wanted;
  }

  private void demandOwn(UUID id) {
    agents.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("agent"));
    if (!caller.is(Role.ADMIN) && caller.agentId().filter(id::equals).isEmpty()) {
      throw Refusal.forbidden("Agents say for themselves how they are told.");
    }
  }
}
