package dev.posthorn.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
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

/// The ways out: everybody of the tenant reads them, for a reply may choose one; admins change them.
@Path("/api/v1/outbound-channels")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Channels")
class OutboundChannelResource {
  private final OutboundChannelDesk desk;

  OutboundChannelResource(OutboundChannelDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List outbound channels", description = "Oldest first.")
  public Page<OutboundChannelView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("outbound-channels"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Create an outbound channel", description = """
      Of kind `relay`: the platform's relay, with a From of its own. `fromAddress` is one of the tenant's forwarding \
      addresses; without it, mail comes from the sender of the ticket's team.""")
  @APIResponseSchema(value = OutboundChannelView.class, responseCode = "201", responseDescription = "The channel")
  @APIResponse(responseCode = "409", description = "Another outbound channel has the name")
  @APIResponse(responseCode = "422", description = "The address is none of the tenant's forwarding addresses")
  public RestResponse<OutboundChannelView> create(@Valid @NotNull NewOutboundChannel wanted) {
    var channel = desk.create(wanted);
    return Created.at("/api/v1/outbound-channels/" + channel.id(), channel);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show an outbound channel")
  @APIResponse(responseCode = "200", description = "The channel")
  @APIResponse(responseCode = "404", description = "There is no such channel")
  public OutboundChannelView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change an outbound channel", description = "`isDefault` makes it answer where nothing else was chosen (OD-16); one channel at most is the default.")
  @RequestBodySchema(OutboundChannelChange.class)
  @APIResponse(responseCode = "200", description = "The channel as it is now")
  @APIResponse(responseCode = "404", description = "There is no such channel")
  @APIResponse(responseCode = "409", description = "Another outbound channel has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "The address is none of the tenant's forwarding addresses")
  public OutboundChannelView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete an outbound channel")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such channel")
  @APIResponse(responseCode = "409", description = "It is the platform's relay, the default, or what a queue or an inbound channel answers by")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// A way out that is wanted.
  record NewOutboundChannel(
      @Schema(enumeration = "relay") @NotNull String kind, @NotNull @Line String name, @MailAddress String fromAddress, @Line String displayName) {}

  /// What of a way out may be changed.
  record OutboundChannelChange(@NotNull @Line String name, @MailAddress String fromAddress, @Line String displayName, boolean isDefault) {}

  /// A way out as HTTP shows it.
  ///
  /// @param fromAddress null for the sender of the ticket's team
  /// @param displayName null for the display name of the ticket's team
  /// @param isDefault whether it answers where nothing else was chosen
  /// @param state `connected`: the service does not run without its relay
  record OutboundChannelView(
      UUID id,
      String kind,
      String name,
      String fromAddress,
      String displayName,
      boolean isDefault,
      String state,
      Instant createdAt,
      Instant updatedAt) {
    static OutboundChannelView of(OutboundChannel channel, Tenant tenant) {
      return new OutboundChannelView(channel.id, channel.kind, channel.name, channel.fromAddress, channel.displayName,
          channel.id.equals(tenant.defaultOutboundChannelId), "connected", channel.createdAt, channel.updatedAt);
    }
  }
}
