package dev.posthorn.ticket;

import dev.posthorn.audit.AuditedReading;
import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.Sha256;
import dev.posthorn.web.Roles;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Single messages: as they were read, and as they are.
@Path("/api/v1/messages/{id}")
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Messages")
public class MessageResource {
  private final MessageViews views;
  private final TicketScope scope;
  private final Blobs blobs;
  private final Withdrawal withdrawal;

  MessageResource(MessageViews views, TicketScope scope, Blobs blobs, Withdrawal withdrawal) {
    this.views = views;
    this.scope = scope;
    this.blobs = blobs;
    this.withdrawal = withdrawal;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT, Roles.REQUESTER})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Read a message", description = "For one that leaves, `delivery` says how far it got with each recipient.")
  @APIResponse(responseCode = "200", description = "The message.")
  @APIResponse(responseCode = "404", description = "The caller sees no such message.")
  public MessageView show(@PathParam("id") UUID id) {
    return views.one(id);
  }

  @GET
  @Path("raw")
  @AuditedReading
  @Produces({Download.MAIL, MediaType.TEXT_PLAIN})
  @Uncompressed
  @Operation(summary = "Read the original", description = "The very bytes of the mail, as they came or as they leave. Bcc is not in them. Of a text message its text.")
  @APIResponse(responseCode = "200", description = "The mail.", content = @Content(mediaType = Download.MAIL, schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "304", description = "`If-None-Match` names these bytes.")
  @APIResponse(responseCode = "404", description = "The caller sees no such message.")
  @APIResponse(responseCode = "410", description = "The original is not kept any more.")
  public Response raw(@PathParam("id") UUID id, @Context Request request) {
    var message = scope.original(id);
    if (message.isText()) {
      return Response.ok(message.text, "text/plain; charset=utf-8").header("X-Content-Type-Options", "nosniff")
          .header("Content-Security-Policy", "sandbox; default-src 'none'").build();
    }
    return new Download("message-" + id + ".eml", Download.MAIL, message.size, Sha256.of(message.sha256)).answer(blobs, request);
  }

  @DELETE
  @Operation(summary = "Take back a message", description = "One that waits for its time (`delivery.sendAt`) and has not begun to leave. The ticket's status stays.")
  @APIResponse(responseCode = "204", description = "It does not leave, and is not there any more.")
  @APIResponse(responseCode = "404", description = "The caller sees no such message.")
  @APIResponse(responseCode = "409", description = "It has left, or is just leaving.")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile.")
  public void withdraw(@PathParam("id") UUID id) {
    withdrawal.withdraw(id);
  }
}
