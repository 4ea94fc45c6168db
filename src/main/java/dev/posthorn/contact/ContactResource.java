package dev.posthorn.contact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.LanguageTag;
import dev.posthorn.web.Line;
import dev.posthorn.web.MailAddress;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The contacts: whoever answers mail may read and correct them, admins delete them.
@Path("/api/v1/contacts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Contacts")
public class ContactResource {
  /// As long as an address: it is the name of those who gave none.
  private static final int MAX_NAME = 320;


  private final ContactDesk desk;

  ContactResource(ContactDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "List contacts", description = "Oldest first.")
  public Page<ContactView> list(@BeanParam PageRequest page,
      @Parameter(description = "Only the contact that has this address.") @QueryParam("email") @MailAddress String email,
      @Parameter(description = "Only contacts that have this number.") @QueryParam("phone") @Pattern(regexp = PhoneNumber.FORM, message = PhoneNumber.SAID) String phone,
      @Parameter(description = "Only contacts that are registered, or are not.") @QueryParam("registered") Boolean registered,
      @Parameter(description = "Only the contact that has this id in another system.") @QueryParam("externalId") @Line String externalId) {
    return desk.list(page.of("contacts", email, phone, registered, externalId), email, phone, registered, externalId);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Create a contact", description = """
      With or without addresses; without, it can be written about and not to. Whoever has written from one of the addresses before, \
      and was not registered, is this contact: their tickets are found with it.""")
  @APIResponseSchema(value = ContactView.class, responseCode = "201", responseDescription = "The contact")
  @APIResponse(responseCode = "409", description = "Another registered contact has one of the addresses, or another one has the external id")
  @APIResponse(responseCode = "422", description = "The owner does not exist")
  public RestResponse<ContactView> create(@Valid @NotNull NewContact wanted) {
    var contact = desk.create(wanted);
    return Created.at("/api/v1/contacts/" + contact.id(), contact);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a contact")
  @APIResponse(responseCode = "200", description = "The contact")
  @APIResponse(responseCode = "404", description = "There is no such contact")
  public ContactView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Change a contact", description = "A registered contact that gets the address of somebody who has written and is not registered, gets their tickets too.")
  @RequestBodySchema(ContactChange.class)
  @APIResponse(responseCode = "200", description = "The contact as it is now")
  @APIResponse(responseCode = "404", description = "There is no such contact")
  @APIResponse(responseCode = "409", description = "Another registered contact has one of the addresses, or another one has the external id")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public ContactView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete a contact")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such contact")
  @APIResponse(responseCode = "409", description = "The contact has tickets")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// A contact that is wanted.
  ///
  /// @param name the first address where it is left out
  /// @param vip not, where it is left out
  /// @param registered yes, where it is left out: somebody has entered them
  record NewContact(
      @Line(max = MAX_NAME) String name,
      @Size(max = 50) List<@NotNull @MailAddress String> emails,
      @Size(max = 50) List<@NotNull @Pattern(regexp = PhoneNumber.FORM, message = PhoneNumber.SAID) String> phones,
      @Line String type,
      UUID ownerId,
      Boolean vip,
      Boolean registered,
      @LanguageTag String language,
      @Line String externalId) {}

  /// What of a contact may be changed.
  record ContactChange(
      @NotNull @Line(max = MAX_NAME) String name,
      @NotNull @Size(max = 50) List<@NotNull @MailAddress String> emails,
      @NotNull @Size(max = 50) List<@NotNull @Pattern(regexp = PhoneNumber.FORM, message = PhoneNumber.SAID) String> phones,
      @Line String type,
      UUID ownerId,
      boolean vip,
      boolean registered,
      @LanguageTag String language,
      @Line String externalId) {}

  /// A contact as HTTP shows it.
  ///
  /// @param emails in lower case, the first one being where mail goes
  /// @param phones digits, after a `+` where there is one
  /// @param type the tenant's own word
  /// @param ownerId the agent who looks after them; null for nobody
  /// @param registered whether the tenant knows them as one of its own, not only because they wrote
  /// @param externalId what another system calls the contact
  public record ContactView(
      UUID id,
      String name,
      List<String> emails,
      List<String> phones,
      String type,
      UUID ownerId,
      boolean vip,
      boolean registered,
      String language,
      String externalId,
      Instant createdAt,
      Instant updatedAt) {
    static ContactView of(Contact contact, List<String> emails, List<String> phones) {
      return new ContactView(contact.id, contact.name, emails, phones, contact.type, contact.ownerId, contact.vip, contact.registered, contact.language, contact.externalId,
          contact.createdAt, contact.updatedAt);
    }
  }
}
