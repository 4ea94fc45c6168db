package dev.posthorn.sla;

import dev.posthorn.web.Cursor;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The priorities that a ticket may have.
@Path("/api/v1/priorities")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Priorities and statuses")
class PriorityResource {
  private final Priorities priorities;

  PriorityResource(Priorities priorities) {
    this.priorities = priorities;
  }

  @GET
  @Operation(summary = "List priorities", description = "The most urgent first.")
  public Page<PriorityView> list(@BeanParam PageRequest page) {
    return QuarkusTransaction.joiningExisting().call(() -> page.of("priorities")
        .answer(priorities::page, priority -> Cursor.at(priority.rank, priority.id), PriorityView::of, priorities::count));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a priority")
  @APIResponse(responseCode = "200", description = "The priority")
  @APIResponse(responseCode = "404", description = "There is no such priority")
  public PriorityView show(@PathParam("id") UUID id) {
    return QuarkusTransaction.joiningExisting().call(() -> priorities.findByIdOptional(id)).map(PriorityView::of)
        .orElseThrow(() -> Refusal.notFound("priority"));
  }

  /// A priority as HTTP shows it.
  ///
  /// @param rank the higher, the more urgent
  /// @param isDefault whether a ticket has it for which nobody chose one
  record PriorityView(UUID id, String name, int rank, boolean isDefault, Instant createdAt, Instant updatedAt) {
    static PriorityView of(Priority priority) {
      return new PriorityView(priority.id, priority.name, priority.rank, priority.isDefault, priority.createdAt, priority.updatedAt);
    }
  }
}
