package dev.posthorn.ticket;

import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// What agents say among themselves about a ticket.
@Path("/api/v1/tickets/{id}/comments")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Comments")
public class CommentResource {
  private final Remark remark;

  CommentResource(Remark remark) {
    this.remark = remark;
  }

  @GET
  @Operation(summary = "List a ticket's comments", description = "Oldest first.")
  @APIResponse(responseCode = "200", description = "A page of comments.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  public Page<CommentView> list(@PathParam("id") UUID ticketId, @BeanParam PageRequest page) {
    return remark.page(ticketId, page);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Comment", description = "Stays among the agents: it never leaves (TH-41).")
  @APIResponse(responseCode = "201", description = "The comment.", content = @Content(schema = @Schema(implementation = CommentView.class)))
  @APIResponse(responseCode = "400", description = "Not exactly one of text and HTML, or it is empty or too long.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  public RestResponse<CommentView> write(@PathParam("id") UUID ticketId, @NotNull CommentRequest request) {
    var comment = remark.write(ticketId, request);
    return Created.at("/api/v1/tickets/" + ticketId + "/comments/" + comment.id(), comment);
  }

  @GET
  @Path("{commentId}")
  @Operation(summary = "Read a comment")
  @APIResponse(responseCode = "200", description = "The comment.")
  @APIResponse(responseCode = "404", description = "The caller sees no such comment.")
  public CommentView show(@PathParam("id") UUID ticketId, @PathParam("commentId") UUID id) {
    return remark.one(ticketId, id);
  }
}
