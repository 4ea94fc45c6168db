package dev.posthorn.ticket;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.Sha256;
import dev.posthorn.web.Roles;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/// The bytes of attachments, byte for byte (AT-11).
@Path("/api/v1/attachments/{id}")
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Messages")
public class AttachmentResource {
  private final TicketScope scope;
  private final Blobs blobs;

  AttachmentResource(TicketScope scope, Blobs blobs) {
    this.scope = scope;
    this.blobs = blobs;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT, Roles.REQUESTER})
  @Uncompressed
  @Operation(summary = "Read an attachment", description = "Its bytes, to be saved: never served as active content.")
  @APIResponse(responseCode = "200", description = "The bytes.", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM, schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "304", description = "`If-None-Match` names these bytes.")
  @APIResponse(responseCode = "404", description = "The caller sees no such attachment.")
  public Response show(@PathParam("id") UUID id, @Context Request request) {
    var file = scope.attachment(id);
    return new Download(file.name, file.contentType, file.size, Sha256.of(file.sha256)).answer(blobs, request);
  }
}
