package dev.posthorn.ticket;

import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Everything that happened to a ticket.
@Path("/api/v1/tickets/{id}/timeline")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tickets")
public class TimelineResource {
  private final Timeline timeline;

  TimelineResource(Timeline timeline) {
    this.timeline = timeline;
  }

  @GET
  @Operation(summary = "Read a ticket's timeline", description = "All activities: messages, comments, events, oldest first (EH-05).")
  @APIResponse(responseCode = "200", description = "A page of activities.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  public Page<TimelineItem> list(@PathParam("id") UUID ticketId, @BeanParam PageRequest page) {
    return timeline.page(ticketId, page);
  }
}
