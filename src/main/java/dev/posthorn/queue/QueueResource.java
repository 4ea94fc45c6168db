package dev.posthorn.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.web.Color;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The queues: everybody of the tenant reads them, admins change them.
@Path("/api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Queues")
class QueueResource {
  private final QueueDesk desk;

  QueueResource(QueueDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List queues", description = "In the order of their positions.")
  public Page<QueueView> list(@BeanParam PageRequest page,
      @Parameter(description = "Only those with this in their names, whatever the case.") @QueryParam("q") @Size(max = 200) String q,
      @Parameter(description = "Only those that tickets are handed over to, or only the others.") @QueryParam("transferable") Boolean transferable) {
    return desk.list(page.of("queues", q, transferable), q, transferable);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Create a queue")
  @APIResponseSchema(value = QueueView.class, responseCode = "201", responseDescription = "The queue")
  @APIResponse(responseCode = "409", description = "Another queue has the name")
  @APIResponse(responseCode = "422", description = "The team, an agent or the outbound channel does not exist")
  public RestResponse<QueueView> create(@Valid @NotNull NewQueue wanted) {
    var queue = desk.create(wanted);
    return Created.at("/api/v1/queues/" + queue.id(), queue);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show a queue")
  @APIResponse(responseCode = "200", description = "The queue")
  @APIResponse(responseCode = "404", description = "There is no such queue")
  public QueueView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change a queue", description = "Send the ETag you read as `If-Match`, and nobody's edit is lost.")
  @RequestBodySchema(QueueChange.class)
  @APIResponse(responseCode = "200", description = "The queue as it is now")
  @APIResponse(responseCode = "404", description = "There is no such queue")
  @APIResponse(responseCode = "409", description = "Another queue has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "The team, an agent or the outbound channel does not exist")
  public QueueView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete a queue")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such queue")
  @APIResponse(responseCode = "409", description = "Tickets are in it, or a team or an inbound channel sends its mail there")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// A queue that is wanted.
  ///
  /// @param position behind all others where it is left out
  /// @param transferable it is where nothing is said
  record NewQueue(
      @NotNull @Line String name,
      @Color String color,
      UUID teamId,
      @Size(max = 1000) List<@NotNull UUID> agentIds,
      UUID replyViaId,
      @PositiveOrZero Integer position,
      @Min(5) @Max(86_400) Integer offerTimeoutSeconds,
      Boolean wrapUpRequired,
      Boolean transferable) {}

  /// What of a queue may be changed.
  record QueueChange(
      @NotNull @Line String name,
      @NotNull @Color String color,
      UUID teamId,
      @NotNull @Size(max = 1000) List<@NotNull UUID> agentIds,
      UUID replyViaId,
      @PositiveOrZero int position,
      @Min(5) @Max(86_400) Integer offerTimeoutSeconds,
      boolean wrapUpRequired,
      boolean transferable) {}

  /// A queue as HTTP shows it (OD-24).
  ///
  /// @param teamId whose tickets become theirs that are moved here; null where a ticket keeps its team
  /// @param agentIds who gets its tickets (TH-30)
  /// @param replyViaId the outbound channel that answers its tickets (TH-15); null where that is decided elsewhere
  /// @param offerTimeoutSeconds how long an agent may think about an offer of one of its tickets; null where nothing is offered
  /// @param wrapUpRequired whether nobody is done with one of its tickets without saying why (WX-22)
  /// @param transferable whether tickets are handed over to it (WX-20)
  record QueueView(
      UUID id,
      String name,
      String color,
      UUID teamId,
      List<UUID> agentIds,
      UUID replyViaId,
      int position,
      Integer offerTimeoutSeconds,
      boolean wrapUpRequired,
      boolean transferable,
      Instant createdAt,
      Instant updatedAt) {
    static QueueView of(Queue queue, List<UUID> agents) {
      return new QueueView(queue.id, queue.name, queue.color, queue.teamId, agents, queue.replyViaId, queue.position,
          queue.offerTimeoutSeconds, queue.wrapUpRequired, queue.transferable,
          queue.createdAt, queue.updatedAt);
    }
  }
}
