package dev.posthorn.sla;

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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The priorities that a ticket may have, and their times: everybody reads them, admins change them.
@Path("/api/v1/priorities")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Priorities and statuses")
class PriorityResource {
  private final PriorityDesk desk;

  PriorityResource(PriorityDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List priorities", description = "The most urgent first.")
  public Page<PriorityView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("priorities"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Create a priority")
  @APIResponseSchema(value = PriorityView.class, responseCode = "201", responseDescription = "The priority")
  @APIResponse(responseCode = "409", description = "Another priority has the name")
  @APIResponse(responseCode = "422", description = "The calendar does not exist, or the alarm comes after the completion")
  public RestResponse<PriorityView> create(@Valid @NotNull PriorityFields wanted) {
    var priority = desk.create(wanted);
    return Created.at("/api/v1/priorities/" + priority.id(), priority);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show a priority")
  @APIResponse(responseCode = "200", description = "The priority")
  @APIResponse(responseCode = "404", description = "There is no such priority")
  public PriorityView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change a priority", description = "The clocks of its tickets are read anew, for the past too.")
  @RequestBodySchema(PriorityFields.class)
  @APIResponse(responseCode = "200", description = "The priority as it is now")
  @APIResponse(responseCode = "404", description = "There is no such priority")
  @APIResponse(responseCode = "409", description = "Another priority has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "The calendar does not exist, the alarm comes after the completion, or no default would be left")
  public PriorityView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete a priority")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such priority")
  @APIResponse(responseCode = "409", description = "It is the default, or tickets have it")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// What a priority says.
  ///
  /// @param rank the higher, the more urgent
  /// @param isDefault whether a ticket has it for which nobody chose one; one priority is so. Not, where it is left out
  /// @param reactionMinutes working time until somebody has to answer (TH-36); null for no such time, as the others
  /// @param alarmMinutes working time until those who work on it are warned (TH-37)
  /// @param completionMinutes working time until it has to be solved (TH-38)
  /// @param calendarId whose hours are working time; null for around the clock
  @Schema(name = "PriorityFields")
  record PriorityFields(
      @NotNull @Line String name,
      @Min(0) @Max(1_000_000) int rank,
      Boolean isDefault,
      @Min(1) @Max(1_000_000) Integer reactionMinutes,
      @Min(1) @Max(1_000_000) Integer alarmMinutes,
      @Min(1) @Max(1_000_000) Integer completionMinutes,
      UUID calendarId) {
    static PriorityFields of(Priority priority) {
      return new PriorityFields(priority.name, priority.rank, priority.isDefault, priority.reactionMinutes, priority.alarmMinutes,
          priority.completionMinutes, priority.calendarId);
    }
  }

  /// A priority as HTTP shows it. The times are minutes of working time since the ticket began.
  ///
  /// @param rank the higher, the more urgent
  /// @param isDefault whether a ticket has it for which nobody chose one
  /// @param calendarId whose hours are working time; null for around the clock
  @Schema(name = "PriorityView")
  record PriorityView(
      UUID id,
      String name,
      int rank,
      boolean isDefault,
      Integer reactionMinutes,
      Integer alarmMinutes,
      Integer completionMinutes,
      UUID calendarId,
      Instant createdAt,
      Instant updatedAt) {
    static PriorityView of(Priority priority) {
      return new PriorityView(priority.id, priority.name, priority.rank, priority.isDefault, priority.reactionMinutes,
          priority.alarmMinutes, priority.completionMinutes, priority.calendarId, priority.createdAt, priority.updatedAt);
    }
  }
}
