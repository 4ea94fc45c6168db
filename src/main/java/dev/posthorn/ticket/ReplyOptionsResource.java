package dev.posthorn.ticket;

import dev.posthorn.ticket.ReplyOptions.OptionsView;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What a reply would be before it is written.
@Path("/api/v1/tickets/{id}/reply-options")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Messages")
class ReplyOptionsResource {
  private final ReplyOptions options;

  ReplyOptionsResource(ReplyOptions options) {
    this.options = options;
  }

  @GET
  @Operation(summary = "Which replies are possible", description = "The ways, the From of each outbound channel, which one answers and which level chose it, and to whom.")
  @APIResponse(responseCode = "200", description = "The options.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  public OptionsView show(@PathParam("id") UUID id) {
    return options.of(id);
  }
}
