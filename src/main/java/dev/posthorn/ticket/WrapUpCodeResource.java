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

/// Why people are done with tickets: everybody reads the codes, admins change them.
@Path("/api/v1/wrap-up-codes")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Offers")
class WrapUpCodeResource {
  private final WrapUpDesk desk;

  WrapUpCodeResource(WrapUpDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List wrap-up codes", description = "Oldest first.")
  public Page<WrapUpCodeView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("wrap-up-codes"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Create a wrap-up code")
  @APIResponseSchema(value = WrapUpCodeView.class, responseCode = "201", responseDescription = "The code")
  @APIResponse(responseCode = "409", description = "Another code has the name")
  public RestResponse<WrapUpCodeView> create(@Valid @NotNull NewWrapUpCode wanted) {
    var made = desk.create(wanted);
    return Created.at("/api/v1/wrap-up-codes/" + made.id(), made);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show a wrap-up code")
  @APIResponse(responseCode = "200", description = "The code")
  @APIResponse(responseCode = "404", description = "There is no such code")
  public WrapUpCodeView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Change a wrap-up code", description = "One that is not `active` cannot be chosen any more, and stays where it was.")
  @RequestBodySchema(WrapUpCodeChange.class)
  @APIResponse(responseCode = "200", description = "The code as it is now")
  @APIResponse(responseCode = "404", description = "There is no such code")
  @APIResponse(responseCode = "409", description = "Another code has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public WrapUpCodeView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Delete a wrap-up code", description = "One that was never used.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such code")
  @APIResponse(responseCode = "409", description = "It was used: switch it off instead")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  record NewWrapUpCode(@NotNull @Line String name, Boolean active) {}

  record WrapUpCodeChange(@NotNull @Line String name, boolean active) {}

  /// A wrap-up code as HTTP shows it.
  @Schema(name = "WrapUpCode")
  record WrapUpCodeView(UUID id, String name, boolean active, Instant createdAt, Instant updatedAt) {
    static WrapUpCodeView of(WrapUpCode row) {
      return new WrapUpCodeView(row.id, row.name, row.active, row.createdAt, row.updatedAt);
    }
  }
}
