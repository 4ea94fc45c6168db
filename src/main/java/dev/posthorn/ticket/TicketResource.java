package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Tickets: found, read, edited, assigned, closed.
@Path("/api/v1/tickets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
public class TicketResource {
  private final TicketViews views;
  private final TicketChange change;
  private final Assignment assignment;
  private final Closure closure;
  private final Deletion deletion;

  TicketResource(TicketViews views, TicketChange change, Assignment assignment, Closure closure, Deletion deletion) {
    this.views = views;
    this.change = change;
    this.assignment = assignment;
    this.closure = closure;
    this.deletion = deletion;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT, Roles.REQUESTER})
  @Operation(summary = "List tickets", description = "The caller's tickets, newest first: an admin's are all, a lead's those of the teams led and the queues worked on, an agent's those of the queues worked on, a requester's the own ones.")
  @APIResponse(responseCode = "200", description = "A page of tickets.")
  @APIResponse(responseCode = "400", description = "A filter, the sort or the cursor cannot be read.")
  public Page<TicketView> list(@BeanParam TicketFilter filter, @BeanParam PageRequest page) {
    return views.page(filter, page);
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT, Roles.REQUESTER})
  @Path("{id}")
  @Operation(summary = "Read a ticket", description = "With everybody who takes part in it.")
  @APIResponse(responseCode = "200", description = "The ticket.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  public TicketView show(@PathParam("id") UUID id) {
    return views.one(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Edit a ticket", description = "Subject, status, priority, queue, category, type, tags. A queue of a team takes the ticket to that team; an assignee who does not see it there lets go of it. A status of kind `closed` closes the ticket.")
  @RequestBody(required = true, content = {
    @Content(mediaType = MergePatch.MEDIA_TYPE, schema = @Schema(implementation = TicketFields.class)),
    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TicketFields.class))})
  @APIResponse(responseCode = "200", description = "The ticket as it is now.", content = @Content(schema = @Schema(implementation = TicketView.class)))
  @APIResponse(responseCode = "400", description = "A field is unknown or has the wrong shape.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "412", description = "`If-Match` names another state.")
  @APIResponse(responseCode = "422", description = "There is no such status, priority, queue, category or type.")
  public TicketView change(@PathParam("id") UUID id, @NotNull ObjectNode patch) {
    return change.apply(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD})
  @Operation(summary = "Delete a ticket", description = """
      For good, with everything in it, and with the tickets that were merged into it. That mails came stays in the ledger. The same mails do not come \
      back, however often they are brought again; an answer of somebody to one of them is a new ticket.""")
  @APIResponse(responseCode = "204", description = "It is gone.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "409", description = "A message of it is just leaving.")
  @APIResponse(responseCode = "412", description = "`If-Match` names another state.")
  public void delete(@PathParam("id") UUID id) {
    deletion.delete(id);
  }

  /// Who shall have it.
  @Schema(name = "Assignee")
  public record Assignee(@NotNull UUID agentId) {}

  @PUT
  @Path("{id}/assignee")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Assign a ticket", description = "To an agent who sees it.")
  @APIResponse(responseCode = "200", description = "The ticket as it is now.", content = @Content(schema = @Schema(implementation = TicketView.class)))
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "412", description = "`If-Match` names another state.")
  @APIResponse(responseCode = "422", description = "There is no such agent, or the agent does not work on the ticket's queue.")
  public TicketView assign(@PathParam("id") UUID id, @Valid @NotNull Assignee assignee) {
    return assignment.assign(id, assignee.agentId());
  }

  @DELETE
  @Path("{id}/assignee")
  @Operation(summary = "Take a ticket from its assignee")
  @APIResponse(responseCode = "204", description = "Nobody has it now.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "412", description = "`If-Match` names another state.")
  public void unassign(@PathParam("id") UUID id) {
    assignment.unassign(id);
  }

  @PUT
  @Path("{id}/closure")
  @Operation(summary = "Close a ticket", description = "Closing a closed one changes nothing.")
  @APIResponse(responseCode = "200", description = "The ticket as it is now.", content = @Content(schema = @Schema(implementation = TicketView.class)))
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "412", description = "`If-Match` names another state.")
  @APIResponse(responseCode = "422", description = "The ticket's queue wants to know why.")
  public TicketView close(@PathParam("id") UUID id,
      @Parameter(description = "Why: needed where the ticket's queue says so (WX-22).") @QueryParam("wrapUpCodeId") UUID wrapUpCodeId) {
    return closure.close(id, wrapUpCodeId);
  }

  @DELETE
  @Path("{id}/closure")
  @Operation(summary = "Reopen a ticket", description = "Reopening one that is not closed changes nothing.")
  @APIResponse(responseCode = "204", description = "It is not closed.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "412", description = "`If-Match` names another state.")
  public void reopen(@PathParam("id") UUID id) {
    closure.reopen(id);
  }
}
