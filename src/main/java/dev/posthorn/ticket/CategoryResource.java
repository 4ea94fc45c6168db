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

/// What tickets are about: everybody reads the categories, admins change them.
@Path("/api/v1/categories")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Priorities and statuses")
class CategoryResource {
  private final CategoryDesk desk;

  CategoryResource(CategoryDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List categories", description = "In the order of their positions.")
  public Page<CategoryView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("categories"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Create a category")
  @APIResponseSchema(value = CategoryView.class, responseCode = "201", responseDescription = "The category")
  @APIResponse(responseCode = "409", description = "Another category has the name")
  public RestResponse<CategoryView> create(@Valid @NotNull NewCategory wanted) {
    var category = desk.create(wanted);
    return Created.at("/api/v1/categories/" + category.id(), category);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show a category")
  @APIResponse(responseCode = "200", description = "The category")
  @APIResponse(responseCode = "404", description = "There is no such category")
  public CategoryView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change a category")
  @RequestBodySchema(CategoryChange.class)
  @APIResponse(responseCode = "200", description = "The category as it is now")
  @APIResponse(responseCode = "404", description = "There is no such category")
  @APIResponse(responseCode = "409", description = "Another category has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public CategoryView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete a category")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such category")
  @APIResponse(responseCode = "409", description = "Tickets have it, or a rule sets it")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// A category that is wanted.
  ///
  /// @param position behind all others where it is left out
  @Schema(name = "NewCategory")
  record NewCategory(@NotNull @Line String name, @PositiveOrZero Integer position) {}

  /// What of a category may be changed.
  @Schema(name = "CategoryChange")
  record CategoryChange(@NotNull @Line String name, @PositiveOrZero int position) {}

  /// A category as HTTP shows it.
  @Schema(name = "Category")
  record CategoryView(UUID id, String name, int position, Instant createdAt, Instant updatedAt) {
    static CategoryView of(Category category) {
      return new CategoryView(category.id, category.name, category.position, category.createdAt, category.updatedAt);
    }
  }
}
