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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Lists of tickets to be seen again: `GET /tickets?viewId=`.
@Path("/api/v1/views")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
class SavedViewResource {
  private static final String COLUMN = "number|subject|status|priorityId|categoryId|typeId|queueId|teamId|assigneeId|tags|requester|inboundChannelId"
      + "|lastMessageAt|unanswered|sla|closedAt|createdAt|updatedAt";

  private final SavedViewDesk desk;

  SavedViewResource(SavedViewDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "List saved views", description = "Shared ones and the caller's own, oldest first.")
  public Page<SavedViewView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("views"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Save a view", description = "Of the calling agent; leads and admins may share it with everybody.")
  @APIResponseSchema(value = SavedViewView.class, responseCode = "201", responseDescription = "The view")
  @APIResponse(responseCode = "403", description = "Agents do not share views")
  @APIResponse(responseCode = "409", description = "There are too many")
  @APIResponse(responseCode = "422", description = "A key without an agent saves shared views only")
  public RestResponse<SavedViewView> create(@Valid @NotNull SavedViewFields wanted) {
    var view = desk.create(wanted);
    return Created.at("/api/v1/views/" + view.id(), view);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a saved view")
  @APIResponse(responseCode = "200", description = "The view")
  @APIResponse(responseCode = "404", description = "The caller sees no such view")
  public SavedViewView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Change a saved view")
  @RequestBodySchema(SavedViewFields.class)
  @APIResponse(responseCode = "200", description = "The view as it is now")
  @APIResponse(responseCode = "403", description = "It is somebody else's")
  @APIResponse(responseCode = "404", description = "The caller sees no such view")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public SavedViewView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Delete a saved view")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "403", description = "It is somebody else's")
  @APIResponse(responseCode = "404", description = "The caller sees no such view")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// What a view says.
  ///
  /// @param sort `createdAt` (the default) or `lastMessageAt`, newest first
  /// @param columns fields of a ticket that a list shows, in their order; the client's own choice where none are named
  /// @param shared whether everybody sees it; not, where it is left out
  @Schema(name = "SavedViewFields")
  record SavedViewFields(@NotNull @Line String name, @NotNull @Valid ViewFilters filters,
      @Schema(enumeration = {"createdAt", "lastMessageAt"}) @Pattern(regexp = "createdAt|lastMessageAt") String sort,
      @Size(max = 30) List<@NotNull @Pattern(regexp = COLUMN, message = "must be a field of a ticket") String> columns, Boolean shared) {
    static SavedViewFields of(SavedView view) {
      return new SavedViewFields(view.name, view.filters, view.sort, view.columns, view.shared);
    }
  }

  /// A saved view as HTTP shows it.
  ///
  /// @param ownerId the agent who made it; null for one of the administration's
  @Schema(name = "SavedView")
  record SavedViewView(UUID id, String name, UUID ownerId, boolean shared, ViewFilters filters, String sort, List<String> columns, Instant createdAt,
      Instant updatedAt) {
    static SavedViewView of(SavedView view) {
      return new SavedViewView(view.id, view.name, view.ownerId, view.shared, view.filters, view.sort, view.columns, view.createdAt, view.updatedAt);
    }
  }
}
