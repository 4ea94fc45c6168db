package dev.posthorn.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.web.Color;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The ways in: admins see all of them, leads those of their own teams, agents none (AT-07).
@Path("/api/v1/inbound-channels")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Channels")
class InboundChannelResource {
  private final InboundChannelDesk desk;

  InboundChannelResource(InboundChannelDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "List inbound channels", description = "Oldest first. Leads see those of their own teams.")
  public Page<InboundChannelView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("inbound-channels"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Create an inbound channel", description = """
      Of kind `http`: mail is pushed to `/api/v1/inbound-channels/{id}/mails`. A channel of kind `forwarding-address` comes \
      into being with its address.""")
  @APIResponseSchema(value = InboundChannelView.class, responseCode = "201", responseDescription = "The channel")
  @APIResponse(responseCode = "422", description = "The team does not exist, or the kind is not made here")
  public RestResponse<InboundChannelView> create(@Valid @NotNull NewInboundChannel wanted) {
    var channel = desk.create(wanted);
    return Created.at("/api/v1/inbound-channels/" + channel.id(), channel);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show an inbound channel")
  @APIResponse(responseCode = "200", description = "The channel")
  @APIResponse(responseCode = "404", description = "There is no such channel")
  public InboundChannelView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change an inbound channel", description = "Maps the channel to a queue, to a type of tickets and to the outbound channel that answers its mail.")
  @RequestBodySchema(InboundChannelChange.class)
  @APIResponse(responseCode = "200", description = "The channel as it is now")
  @APIResponse(responseCode = "404", description = "There is no such channel")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "The queue, the type or the outbound channel does not exist")
  public InboundChannelView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete an inbound channel", description = "Only one of kind `http` by which no mail has come.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such channel")
  @APIResponse(responseCode = "409", description = "It belongs to an address, or mail came in by it")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// A way in that is wanted.
  record NewInboundChannel(
      @Schema(enumeration = "http") @NotNull String kind, @NotNull @Line String name, @NotNull UUID teamId, @Color String color) {}

  /// What of a way in may be changed.
  record InboundChannelChange(@NotNull @Line String name, @NotNull @Color String color, UUID queueId, UUID ticketTypeId, UUID replyViaId) {}
}
