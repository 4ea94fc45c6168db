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

/// The tickets of a contact.
@Path("/api/v1/contacts/{id}/tickets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Contacts")
public class ContactTicketResource {
  private final TicketViews views;

  ContactTicketResource(TicketViews views) {
    this.views = views;
  }

  @GET
  @Operation(summary = "List a contact's tickets", description = "Those that the caller sees, newest first.")
  @APIResponse(responseCode = "200", description = "A page of tickets.")
  @APIResponse(responseCode = "404", description = "There is no such contact.")
  public Page<TicketView> list(@PathParam("id") UUID contactId, @BeanParam PageRequest page) {
    return views.ofContact(contactId, page);
  }
}
