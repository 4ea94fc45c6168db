package dev.posthorn.channel;

import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The filter of outgoing mail (OD-25): addresses and domains that nothing is sent to.
@Path("/api/v1/suppressions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Channels")
class SuppressionResource {
  private static final String REASONS = "manual|own-address|hard-bounce";

  private final SuppressionDesk desk;

  SuppressionResource(SuppressionDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "List suppressions", description = "Addresses and domains that nothing is sent to. Oldest first.")
  public Page<SuppressionView> list(@BeanParam PageRequest page,
      @Parameter(description = "Only those listed for this reason: " + REASONS + ".")
      @QueryParam("reason") @Pattern(regexp = REASONS, message = "must be one of: " + REASONS) String reason) {
    return desk.list(page.of("suppressions", reason), reason);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "List an address or domain", description = """
      Nothing is sent there from now on; a mail that waits for its next try is not tried again. Own addresses, and those of \
      which a server said that nobody is there, are listed by themselves.""")
  @APIResponseSchema(value = SuppressionView.class, responseCode = "201", responseDescription = "The suppression")
  @APIResponse(responseCode = "400", description = "It is neither an address nor a domain")
  @APIResponse(responseCode = "409", description = "It is listed already")
  public RestResponse<SuppressionView> create(@Valid @NotNull NewSuppression wanted) {
    var made = desk.create(wanted);
    return Created.at("/api/v1/suppressions/" + made.id(), made);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a suppression")
  @APIResponse(responseCode = "200", description = "The suppression")
  @APIResponse(responseCode = "404", description = "There is no such suppression")
  public SuppressionView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Delete a suppression", description = "Mail may go there again.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such suppression")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// What is to be listed.
  ///
  /// @param pattern an address, or a domain for everybody there
  record NewSuppression(@NotNull @Line(max = 320) String pattern) {}

  /// A suppression as HTTP shows it.
  ///
  /// @param reason why it is listed
  @Schema(name = "Suppression")
  record SuppressionView(
      UUID id, String pattern, @Schema(enumeration = {"manual", "own-address", "hard-bounce"}) String reason, Instant createdAt, Instant updatedAt) {
    static SuppressionView of(Suppression row) {
      return new SuppressionView(row.id, row.pattern, row.reason, row.createdAt, row.updatedAt);
    }
  }
}
