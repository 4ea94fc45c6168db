package dev.posthorn.ticket;

import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import dev.posthorn.web.Created;
import dev.posthorn.web.NotIdempotent;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Files on their way into replies: the body is the file, streamed.
@Path("/api/v1/uploads")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Uploads")
public class UploadResource {
  private final Uploads uploads;
  private final TicketConfig config;

  UploadResource(Uploads uploads, TicketConfig config) {
    this.uploads = uploads;
    this.config = config;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @NotIdempotent("The body is a stream. Sent again it is one more upload, which goes nowhere unless a reply names it.")
  @Operation(summary = "Upload a file", description = "The body is the file's bytes with their `Content-Type`. A reply takes it along by its id.")
  @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM,
      schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "201", description = "The file is kept.", content = @Content(schema = @Schema(implementation = UploadView.class)))
  @APIResponse(responseCode = "413", description = "It is larger than `posthorn.ticket.max-upload-bytes`.")
  public RestResponse<UploadView> upload(
      @Parameter(description = "The file's name.") @QueryParam("name") String name, @Context HttpHeaders headers, InputStream body)
      throws IOException {
    // What is announced too large is not even read.
    if (headers.getLength() > config.maxUploadBytes()) {
      throw Refusal.tooLarge(config.maxUploadBytes());
    }
    try (var bytes = received(body)) {
      var kept = uploads.keep(name, contentType(headers.getMediaType()), bytes);
      return Created.at("/api/v1/uploads/" + kept.id(), kept);
    }
  }

  private RawMail received(InputStream body) throws IOException {
    try (var spool = new Spool(config.maxUploadBytes(), config.memoryBytes())) {
      body.transferTo(spool);
      return spool.toRawMail();
    } catch (Spool.TooLarge e) {
      throw Refusal.tooLarge(config.maxUploadBytes());
    }
  }

  private static String contentType(MediaType said) {
    return said == null || said.isWildcardType() || said.isWildcardSubtype()
        ? MediaType.APPLICATION_OCTET_STREAM
        : (said.getType() + "/" + said.getSubtype()).toLowerCase(Locale.ROOT);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Read what is known of an upload")
  @APIResponse(responseCode = "200", description = "The upload, without its bytes.")
  @APIResponse(responseCode = "404", description = "There is no such upload.")
  public UploadView show(@PathParam("id") UUID id) {
    return uploads.one(id);
  }
}
