package dev.posthorn.feed;

import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Something outside is to be done for a ticket (WX-17).
@Path("/api/v1/tickets/{id}/workflow-runs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
class WorkflowResource {
  private final WorkflowRun run;

  WorkflowResource(WorkflowRun run) {
    this.run = run;
  }

  /// Which workflow, and what it is to know.
  ///
  /// @param workflow the tenant's own word for it
  /// @param input whatever the receiver understands
  @Schema(name = "WorkflowRunRequest")
  record Request(
      @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,99}", message = "must be lower-case letters, digits and hyphens") String workflow,
      @Size(max = 50) Map<@Size(max = 100) String, @Size(max = 2000) String> input) {}

  /// A run that was asked for.
  ///
  /// @param id the event's: what the receiver is told has the same
  @Schema(name = "WorkflowRun")
  record RunView(UUID id, UUID ticketId, String workflow) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Run a workflow for a ticket", description = "The webhooks that are told of `workflow.requested` are told, with the workflow's name and input; the ticket's timeline shows who asked.")
  @APIResponseSchema(value = RunView.class, responseCode = "202", responseDescription = "Whoever runs it is told")
  @APIResponse(responseCode = "404", description = "There is no such ticket")
  @APIResponse(responseCode = "422", description = "No active webhook is told of `workflow.requested`")
  public RestResponse<RunView> run(@PathParam("id") UUID id, @Valid @NotNull Request request) {
    return RestResponse.status(RestResponse.Status.ACCEPTED, run.request(id, request));
  }
}
