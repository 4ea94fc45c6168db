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

/// The messages of a ticket.
@Path("/api/v1/tickets/{id}/messages")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Messages")
public class TicketMessageResource {
  private final MessageViews views;

  TicketMessageResource(MessageViews views) {
    this.views = views;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT, Roles.REQUESTER})
  @Operation(summary = "List a ticket's messages", description = "In and out, oldest first (TH-40).")
  @APIResponse(responseCode = "200", description = "A page of messages.")
  @APIResponse(responseCode = "404", description = "The caller sees no such ticket.")
  public Page<MessageView> list(@PathParam("id") UUID ticketId, @BeanParam PageRequest page) {
    return views.page(ticketId, page);
  }
}
