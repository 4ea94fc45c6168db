package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The statuses that a ticket may have, in the tenant's own words: everybody reads them, admins change them.
@Path("/api/v1/statuses")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Priorities and statuses")
class StatusResource {
  private final StatusDesk desk;

  StatusResource(StatusDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List statuses", description = "In the order of a ticket's life.")
  public Page<StatusView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("statuses"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Create a status", description = "Its kind says what it means, for good. Of several statuses of a kind the first one is that which Posthorn itself sets.")
  @APIResponseSchema(value = StatusView.class, responseCode = "201", responseDescription = "The status")
  @APIResponse(responseCode = "409", description = "Another status has the name")
  public RestResponse<StatusView> create(@Valid @NotNull NewStatus wanted) {
    var status = desk.create(wanted);
    return Created.at("/api/v1/statuses/" + status.id(), status);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show a status")
  @APIResponse(responseCode = "200", description = "The status")
  @APIResponse(responseCode = "404", description = "There is no such status")
  public StatusView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change a status", description = "A name that changes, changes on the tickets that have it.")
  @RequestBodySchema(StatusChange.class)
  @APIResponse(responseCode = "200", description = "The status as it is now")
  @APIResponse(responseCode = "404", description = "There is no such status")
  @APIResponse(responseCode = "409", description = "Another status has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public StatusView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete a status")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such status")
  @APIResponse(responseCode = "409", description = "Tickets have it, a rule sets it, or it is the last one of its kind")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// A status that is wanted.
  ///
  /// @param position behind all others where it is left out
  @Schema(name = "NewStatus")
  record NewStatus(
      @NotNull @Line(max = 50) String name,
      @Schema(enumeration = {"new", "open", "waiting", "solved", "closed"})
      @NotNull @Pattern(regexp = "new|open|waiting|solved|closed", message = "must be one of: new, open, waiting, solved, closed") String kind,
      @PositiveOrZero Integer position) {}

  /// What of a status may be changed.
  @Schema(name = "StatusChange")
  record StatusChange(@NotNull @Line(max = 50) String name, @PositiveOrZero int position) {}

  /// A status as HTTP shows it.
  ///
  /// @param kind what it means to Posthorn: `new`, `open`, `waiting`, `solved` or `closed`
  @Schema(name = "StatusView")
  record StatusView(UUID id, String name, String kind, int position, Instant createdAt, Instant updatedAt) {
    static StatusView of(Status status) {
      return new StatusView(status.id, status.name, status.kind, status.position, status.createdAt, status.updatedAt);
    }
  }
}
