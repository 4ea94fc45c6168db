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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Types of tickets, each with an address of its own (OD-13): everybody reads them, admins change them.
@Path("/api/v1/ticket-types")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Priorities and statuses")
class TicketTypeResource {
  private final TicketTypeDesk desk;

  TicketTypeResource(TicketTypeDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List ticket types", description = "Oldest first.")
  public Page<TicketTypeView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("ticket-types"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Create a ticket type", description = """
      The type gets a creation address: a forwarding address of the team, whose mail opens tickets of this type. Without \
      `localPart` it is made from the names of type and tenant. It routes to the team for ever.""")
  @APIResponseSchema(value = TicketTypeView.class, responseCode = "201", responseDescription = "The ticket type")
  @APIResponse(responseCode = "409", description = "Another type has the name, or the address was issued before")
  @APIResponse(responseCode = "422", description = "The team does not exist, or the local part is reserved")
  public RestResponse<TicketTypeView> create(@Valid @NotNull NewTicketType wanted) {
    var type = desk.create(wanted);
    return Created.at("/api/v1/ticket-types/" + type.id(), type);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show a ticket type")
  @APIResponse(responseCode = "200", description = "The ticket type")
  @APIResponse(responseCode = "404", description = "There is no such ticket type")
  public TicketTypeView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change a ticket type")
  @RequestBodySchema(TicketTypeChange.class)
  @APIResponse(responseCode = "200", description = "The ticket type as it is now")
  @APIResponse(responseCode = "404", description = "There is no such ticket type")
  @APIResponse(responseCode = "409", description = "Another type has the name, or the address was issued before")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public TicketTypeView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete a ticket type")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such ticket type")
  @APIResponse(responseCode = "409", description = "Tickets have it, or a rule sets it")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// A type that is wanted.
  ///
  /// @param teamId whose the mail is; the tenant's first team where it is left out
  /// @param localPart what is to stand before the `@` of its address
  @Schema(name = "NewTicketType")
  record NewTicketType(@NotNull @Line String name, UUID teamId, @Size(max = 64) String localPart) {}

  /// What of a type may be changed.
  @Schema(name = "TicketTypeChange")
  record TicketTypeChange(@NotNull @Line String name) {}

  /// A type as HTTP shows it.
  ///
  /// @param creationAddress mail to it opens a ticket of this type (OD-14); only admins see it (AT-07)
  @Schema(name = "TicketType")
  record TicketTypeView(UUID id, String name, String creationAddress, Instant createdAt, Instant updatedAt) {
    static TicketTypeView of(TicketType type, boolean withAddress) {
      return new TicketTypeView(type.id, type.name, withAddress ? type.creationAddress : null, type.createdAt, type.updatedAt);
    }
  }
}
