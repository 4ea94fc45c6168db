package dev.posthorn.channel;

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
  private final OutboundConnecting connecting;

  OutboundChannelResource(OutboundChannelDesk desk, OutboundConnecting connecting) {
    this.desk = desk;
    this.connecting = connecting;
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
  @Idempotent(touchesNetwork = true)
  @Operation(summary = "Create an outbound channel", description = """
      Of kind `relay`: the platform's relay, with a From of its own. `fromAddress` is one of the tenant's forwarding \
      addresses, or an address of a verified sending domain; without it, mail comes from the sender of the ticket's team. Of kind \
      `smtp`: a server of one's own (OD-17), tried live up to the point where a mail would follow; nothing is saved that did not work.""")
  @APIResponseSchema(value = OutboundChannelView.class, responseCode = "201", responseDescription = "The channel")
  @APIResponse(responseCode = "409", description = "Another outbound channel has the name")
  @APIResponse(responseCode = "422", description = "The tenant may not send from the address; or something was in the way: the step, the server's words and a hint")
  public RestResponse<OutboundChannelView> create(@Valid @NotNull OutboundWish.New wanted) {
    var channel = connecting.create(wanted);
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
  @Operation(summary = "Change an outbound channel", description = """
      `isDefault` makes it answer where nothing else was chosen (OD-16); one channel at most is the default. A server of one's own is \
      tried again before another server, user, password or From holds.""")
  @RequestBodySchema(OutboundWish.Change.class)
  @APIResponse(responseCode = "200", description = "The channel as it is now")
  @APIResponse(responseCode = "404", description = "There is no such channel")
  @APIResponse(responseCode = "409", description = "Another outbound channel has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "The tenant may not send from the address; or something was in the way: the step, the server's words and a hint")
  public OutboundChannelView change(@PathParam("id") UUID id, ObjectNode patch) {
    return connecting.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete an outbound channel")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such channel")
  @APIResponse(responseCode = "409", description = "It is the platform's relay, the default, or what a team, a queue or an inbound channel answers by")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }
}
