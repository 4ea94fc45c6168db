package dev.posthorn.ticket;

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

/// The statuses that a ticket may have.
@Path("/api/v1/statuses")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Priorities and statuses")
class StatusResource {
  private final Statuses statuses;

  StatusResource(Statuses statuses) {
    this.statuses = statuses;
  }

  @GET
  @Operation(summary = "List statuses", description = "In the order of a ticket's life.")
  public Page<StatusView> list(@BeanParam PageRequest page) {
    return QuarkusTransaction.joiningExisting().call(() -> page.of("statuses")
        .answer(statuses::page, status -> Cursor.at(status.position, status.id), StatusView::of, statuses::count));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a status")
  @APIResponse(responseCode = "200", description = "The status")
  @APIResponse(responseCode = "404", description = "There is no such status")
  public StatusView show(@PathParam("id") UUID id) {
    return QuarkusTransaction.joiningExisting().call(() -> statuses.findByIdOptional(id)).map(StatusView::of)
        .orElseThrow(() -> Refusal.notFound("status"));
  }

  /// A status as HTTP shows it.
  ///
  /// @param kind what it means to Posthorn: `new`, `open`, `waiting`, `solved` or `closed`
  record StatusView(UUID id, String name, String kind, int position, Instant createdAt) {
    static StatusView of(Status status) {
      return new StatusView(status.id, status.name, status.kind, status.position, status.createdAt);
    }
  }
}
