package dev.posthorn.feed;

import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What happens, as it happens.
@Path("/api/v1/events")
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Events")
public class EventResource {
  private final EventStream stream;

  EventResource(EventStream stream) {
    this.stream = stream;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "Listen to events", description = "Server-Sent Events, named by their kind, in the order in which they were committed: those of the tickets that the caller sees, and for admins the tenant's own. Without `Last-Event-ID` from now on, with it from behind that event on, on whichever node. A stream ends after a while; clients come again by themselves.")
  @APIResponse(responseCode = "200", description = "A stream without an end; each event's data is an Event.",
      content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = EventView.class)))
  @APIResponse(responseCode = "400", description = "There was no such Last-Event-ID.")
  @APIResponse(responseCode = "429", description = "Too many listen.")
  public void listen(@Context SseEventSink sink, @Context Sse sse,
      @Parameter(description = "The `id` of the last event that was received.") @HeaderParam("Last-Event-ID") String lastEventId) {
    stream.run(sink, sse, lastEventId);
  }
}
