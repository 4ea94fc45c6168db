package dev.posthorn.contact;

import dev.posthorn.contact.ContactResource.NewContact;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Contacts as the tenant's own system knows them, many at once.
@Path("/api/v1/contact-imports")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Contacts")
class ContactImportResource {
  private final ContactImport contactImport;

  ContactImportResource(ContactImport contactImport) {
    this.contactImport = contactImport;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Import contacts", description = """
      Up to 1000. A contact that is there, by its `externalId` or else by an address, becomes what the row says; its addresses stay \
      beside those of the row. Others are made. Whoever has written before and was not registered is one of them now, with their tickets.""")
  @APIResponse(responseCode = "200", description = "How many were made and changed, and the rows that could not be")
  @APIResponse(responseCode = "400", description = "A field has the wrong shape; nothing was imported")
  @APIResponse(responseCode = "422", description = "An owner does not exist; nothing was imported")
  public ImportView run(@Valid @NotNull ImportRequest wanted) {
    return contactImport.run(wanted.contacts());
  }

  @Schema(name = "ContactImport")
  record ImportRequest(@NotNull @Size(min = 1, max = 1000) List<@NotNull @Valid NewContact> contacts) {}

  @Schema(name = "ContactImportResult")
  record ImportView(int created, int updated, List<RefusedRow> refused) {}

  /// @param index of the row, from 0
  @Schema(name = "RefusedRow")
  record RefusedRow(int index, String detail) {}
}
