package dev.posthorn.ticket;

import dev.posthorn.web.Color;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// How mail of the tenant's teams looks (OD-28): a header, a footer and colours around what agents write as HTML.
@Path("/api/v1/tenant/mail-appearance")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Tenants")
class AppearanceResource {
  private final AppearanceDesk desk;

  AppearanceResource(AppearanceDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "Show how the tenant's mail looks")
  public AppearanceView show() {
    return desk.show(Optional.empty());
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Say how the tenant's mail looks", description = "For every team that has no appearance of its own.")
  @APIResponse(responseCode = "200", description = "As it is now")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public AppearanceView put(@Valid @NotNull AppearanceWish wanted) {
    return desk.put(Optional.empty(), wanted);
  }

  /// How mail is to look. What is left out is not there.
  @Schema(name = "MailAppearanceWish")
  record AppearanceWish(@Size(max = 50_000) String headerHtml, @Size(max = 50_000) String footerHtml, @Color String textColor,
      @Color String backgroundColor, @Color String accentColor) {}

  /// How mail looks.
  ///
  /// @param from `team`, `tenant`, or `none` where nobody said anything
  /// @param accentColor of the line below the header
  @Schema(name = "MailAppearance")
  record AppearanceView(String from, String headerHtml, String footerHtml, String textColor, String backgroundColor, String accentColor) {
    static AppearanceView of(String from, Appearance row) {
      return new AppearanceView(from, row.headerHtml, row.footerHtml, row.textColor, row.backgroundColor, row.accentColor);
    }
  }
}
