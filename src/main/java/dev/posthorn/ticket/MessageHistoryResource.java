package dev.posthorn.ticket;

import dev.posthorn.ticket.MessageHistory.ExplanationView;
import dev.posthorn.ticket.MessageHistory.TraceView;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Why a message is where it is, when it got there, and once more.
@Path("/api/v1/messages/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Messages")
class MessageHistoryResource {
  private final MessageHistory history;
  private final Reprocessing reprocessing;

  MessageHistoryResource(MessageHistory history, Reprocessing reprocessing) {
    this.history = history;
    this.reprocessing = reprocessing;
  }

  @GET
  @Path("explanation")
  @Operation(summary = "Explain a message", description = "Every decision with its evidence, as it was when the mail was filed: what was looked at to find its ticket, what held, what was ignored and why.")
  @APIResponse(responseCode = "200", description = "The reasons.")
  @APIResponse(responseCode = "404", description = "The caller sees no such message.")
  public ExplanationView explanation(@PathParam("id") UUID id) {
    return history.explanation(id);
  }

  @GET
  @Path("trace")
  @Operation(summary = "Trace a message", description = "Each step of its way with its time.")
  @APIResponse(responseCode = "200", description = "The steps, in order.")
  @APIResponse(responseCode = "404", description = "The caller sees no such message.")
  public TraceView trace(@PathParam("id") UUID id) {
    return history.trace(id);
  }

  @POST
  @Path("reprocessing")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD})
  @Idempotent
  @Operation(summary = "Read a message's original again", description = "Into the same message of the same ticket: its id stays, and that of each attachment whose bytes are the same. What agents did to the ticket stays.")
  @APIResponse(responseCode = "200", description = "The message as it is read now.")
  @APIResponse(responseCode = "404", description = "The caller sees no such message.")
  @APIResponse(responseCode = "409", description = "It did not come in by mail.")
  public MessageView again(@PathParam("id") UUID id) {
    return reprocessing.again(id);
  }
}
