package dev.posthorn.ticket;

import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Who writes an answer, so that no two do.
@Path("/api/v1/tickets/{id}/drafting")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
public class DraftingResource {
  private final Drafting drafting;

  DraftingResource(Drafting drafting) {
    this.drafting = drafting;
  }

  @GET
  @Operation(summary = "Who writes an answer just now")
  @APIResponse(responseCode = "200", description = "Longest first.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  public DraftingView show(@PathParam("id") UUID id) {
    return DraftingView.of(drafting.show(id));
  }

  @PUT
  @Operation(summary = "Say that one writes an answer", description = "Say it again while it goes on. The event `ticket.drafting-started` tells the others; a reply ends it.")
  @APIResponse(responseCode = "200", description = "Who writes now, the caller too.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "422", description = "The key stands for no agent.")
  public DraftingView begin(@PathParam("id") UUID id) {
    return DraftingView.of(drafting.writes(id));
  }

  @DELETE
  @Operation(summary = "Say that one writes no more")
  @APIResponse(responseCode = "204", description = "Nobody is told otherwise.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  @APIResponse(responseCode = "422", description = "The key stands for no agent.")
  public void end(@PathParam("id") UUID id) {
    drafting.stops(id);
  }

  /// Who writes just now.
  @Schema(name = "Drafting")
  public record DraftingView(List<Writer> writing) {
    static DraftingView of(List<DraftingRow> rows) {
      return new DraftingView(rows.stream().map(row -> new Writer(row.agentId, row.since, row.until)).toList());
    }
  }

  /// @param until unless it is said again
  @Schema(name = "DraftingAgent")
  public record Writer(UUID agentId, Instant since, Instant until) {}
}
