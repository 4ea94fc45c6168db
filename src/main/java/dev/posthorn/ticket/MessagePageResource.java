package dev.posthorn.ticket;

import dev.posthorn.mail.HtmlPage;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// A message as a page for a browser, in a sandbox. Its own images are attachments with their own authenticated URLs.
@Path("/api/v1/messages/{id}/html")
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Messages")
public class MessagePageResource {
  private static final String ALLOW = "allow";
  private static final String EMBEDDED = "embedded";

  private final TicketScope scope;
  private final Messages messages;
  private final PageImages images;

  MessagePageResource(TicketScope scope, Messages messages, PageImages images) {
    this.scope = scope;
    this.messages = messages;
    this.images = images;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT, Roles.REQUESTER})
  @Produces(MediaType.TEXT_HTML)
  @Transactional
  @Operation(summary = "Read a message as a page", description = "Sanitised, and served under a Content-Security-Policy that lets nothing run. The mail's own images are links to their attachments, which ask for the key, or stand in the page itself; images from elsewhere only when they are asked for, since loading one tells the sender that the mail was read.")
  @APIResponse(responseCode = "200", description = "The page.", content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)),
      headers = @Header(name = "Blocked-Images", description = "How many images from elsewhere were left out.", schema = @Schema(type = SchemaType.INTEGER)))
  @APIResponse(responseCode = "404", description = "The caller sees no such message.")
  public Response show(@PathParam("id") UUID id,
      @Parameter(description = "`allow` loads images from elsewhere; `block` is the default.")
      @QueryParam("remoteImages") @Pattern(regexp = "allow|block", message = "must be one of: allow|block") String remoteImages,
      @Parameter(description = "`links` names the mail's own images by their attachment's URL and is the default; `embedded` puts them into the page, for a browser that sends no key with images.")
      @QueryParam("images") @Pattern(regexp = "links|embedded", message = "must be one of: links|embedded") String ownImages) {
    var message = scope.message(id);
    var remoteToo = ALLOW.equals(remoteImages);
    var page = message.html == null ? HtmlPage.ofText(message.text) : HtmlPage.of(message.html, images.of(files(id), EMBEDDED.equals(ownImages)), remoteToo);
    return Response.ok(page.html())
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header("Content-Security-Policy", HtmlPage.contentSecurity(remoteToo))
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "private, no-store")
        .header("Blocked-Images", page.blockedImages())
        .build();
  }

  private List<Attachment> files(UUID messageId) {
    return messages.attachments(List.of(messageId)).getOrDefault(messageId, List.of());
  }
}
