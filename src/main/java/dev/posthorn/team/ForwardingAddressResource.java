package dev.posthorn.team;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Every address that a team was ever given (EH-18). There is no DELETE: each routes to the team for ever (EH-19).
@Path("/api/v1/teams/{teamId}/forwarding-addresses")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Teams")
class ForwardingAddressResource {
  private final ForwardingAddressDesk desk;

  ForwardingAddressResource(ForwardingAddressDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "List a team's forwarding addresses", description = "Oldest first. For admins, and for the team's leads.")
  @APIResponse(responseCode = "200", description = "A page of them")
  @APIResponse(responseCode = "403", description = "Not a team of this lead")
  @APIResponse(responseCode = "404", description = "There is no such team")
  public Page<ForwardingAddressView> list(@PathParam("teamId") UUID teamId, @BeanParam PageRequest page) {
    return desk.list(teamId, page.of("forwarding-addresses", teamId));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Issue another forwarding address", description = """
      The address is the team's from now on and for ever; those issued before keep routing. Without `localPart` it is \
      made from the names of team and tenant.""")
  @APIResponseSchema(value = ForwardingAddressView.class, responseCode = "201", responseDescription = "The address")
  @APIResponse(responseCode = "404", description = "There is no such team")
  @APIResponse(responseCode = "409", description = "The address was issued before, to anybody; or the team has as many as it may have")
  @APIResponse(responseCode = "422", description = "The local part is reserved")
  public RestResponse<ForwardingAddressView> issue(@PathParam("teamId") UUID teamId, @Valid @NotNull NewForwardingAddress wanted) {
    var address = desk.issue(teamId, wanted.localPart());
    return Created.at("/api/v1/teams/" + teamId + "/forwarding-addresses/" + address.id(), address);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a forwarding address")
  @APIResponse(responseCode = "200", description = "The address")
  @APIResponse(responseCode = "403", description = "Not a team of this lead")
  @APIResponse(responseCode = "404", description = "The team has no such address")
  public ForwardingAddressView show(@PathParam("teamId") UUID teamId, @PathParam("id") UUID id) {
    return desk.show(teamId, id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change a forwarding address", description = """
      `active` says whether the team still uses the address and may send from it. Mail to it reaches the team in any case.""")
  @RequestBodySchema(ForwardingAddressChange.class)
  @APIResponse(responseCode = "200", description = "The address as it is now")
  @APIResponse(responseCode = "404", description = "The team has no such address")
  @APIResponse(responseCode = "409", description = "It is the team's sender")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public ForwardingAddressView change(@PathParam("teamId") UUID teamId, @PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(teamId, id, patch);
  }

  /// An address that is wanted.
  ///
  /// @param localPart what is to stand before the `@`; upper case is lowered
  record NewForwardingAddress(@Size(max = 64) String localPart) {}

  /// What of an address may be changed.
  record ForwardingAddressChange(boolean active) {}

  /// An address as HTTP shows it.
  ///
  /// @param isSender whether the team's mail comes from it (EH-21)
  record ForwardingAddressView(UUID id, String address, boolean active, boolean isSender, Instant createdAt, Instant updatedAt) {
    static ForwardingAddressView of(ForwardingAddress address, Team team) {
      return new ForwardingAddressView(address.id, address.address, address.active, address.id.equals(team.senderAddressId),
          address.createdAt, address.updatedAt);
    }
  }
}
