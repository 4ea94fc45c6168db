package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Texts that are written once and used often (WX-16): everybody reads them, admins and leads change them.
@Path("/api/v1/templates")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Messages")
class TemplateResource {
  private final TemplateDesk desk;

  TemplateResource(TemplateDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List templates", description = "Oldest first.")
  public Page<TemplateView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("templates"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Create a template", description = """
      Variables stand in double braces: `{{contact.name}}`, `{{contact.email}}`, `{{ticket.number}}`, `{{ticket.subject}}`, \\
      `{{agent.name}}`, `{{agent.email}}`, `{{team.name}}`, `{{queue.name}}`, `{{company.name}}`.""")
  @APIResponseSchema(value = TemplateView.class, responseCode = "201", responseDescription = "The template")
  @APIResponse(responseCode = "409", description = "Another template has the name")
  @APIResponse(responseCode = "422", description = "It names a variable that there is not")
  public RestResponse<TemplateView> create(@Valid @NotNull NewTemplate wanted) {
    var made = desk.create(wanted);
    return Created.at("/api/v1/templates/" + made.id(), made);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show a template")
  @APIResponse(responseCode = "200", description = "The template")
  @APIResponse(responseCode = "404", description = "There is no such template")
  public TemplateView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Change a template")
  @RequestBodySchema(TemplateChange.class)
  @APIResponse(responseCode = "200", description = "The template as it is now")
  @APIResponse(responseCode = "404", description = "There is no such template")
  @APIResponse(responseCode = "409", description = "Another template has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "It names a variable that there is not")
  public TemplateView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Delete a template", description = "What was written by it stays.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such template")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  @POST
  @Path("{id}/previews")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Idempotent
  @Operation(summary = "Preview a template", description = "Filled in for a ticket and the calling agent, or with samples. Without the signature, which a reply brings.")
  @APIResponse(responseCode = "200", description = "What it says")
  @APIResponse(responseCode = "404", description = "There is no such template, or the caller sees no such ticket")
  public PreviewView preview(@PathParam("id") UUID id, @Valid @NotNull PreviewRequest wanted) {
    return desk.preview(id, wanted);
  }

  /// A template that is wanted.
  ///
  /// @param subject of mails that begin a ticket; a reply keeps the subject of what it answers
  record NewTemplate(@NotNull @Line String name, @Size(max = 1000) String subject, @NotBlank String bodyHtml) {}

  /// What of a template may be changed.
  record TemplateChange(@NotNull @Line String name, @NotNull @Size(max = 1000) String subject, @NotBlank String bodyHtml) {}

  /// @param ticketId for which it is filled in; with samples where none is named
  record PreviewRequest(UUID ticketId) {}

  /// What a template says.
  @Schema(name = "TemplatePreview")
  record PreviewView(String subject, String html, String text) {}

  /// A template as HTTP shows it.
  ///
  /// @param bodyHtml cleaned of what may not be sent, with its variables
  @Schema(name = "Template")
  record TemplateView(UUID id, String name, String subject, String bodyHtml, Instant createdAt, Instant updatedAt) {
    static TemplateView of(Template row) {
      return new TemplateView(row.id, row.name, row.subject, row.bodyHtml, row.createdAt, row.updatedAt);
    }
  }
}
