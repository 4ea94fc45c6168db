package dev.posthorn.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.contact.PhoneNumber;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Restless;
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

/// Numbers at gateways for text messages.
@Path("/api/v1/text-accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Texts")
class TextAccountResource {
  private final TextAccountDesk desk;

  TextAccountResource(TextAccountDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "List text accounts", description = "Oldest first, each with its state. Together with mailboxes they stand at /accounts.")
  public Page<TextAccountView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("text-accounts"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent(answersSecret = true)
  @Operation(summary = "Connect a text account", description = "Texts leave by POST to the gateway, signed as Standard Webhooks says; they come in at `/inbound-channels/{inboundChannelId}/texts`. The secret is shown once.")
  @APIResponseSchema(value = NewAccountView.class, responseCode = "201", responseDescription = "The account with its secret")
  @APIResponse(responseCode = "409", description = "Another account has the name or the number, or there are too many")
  @APIResponse(responseCode = "422", description = "The team does not exist, or the URL is not one of a server")
  public RestResponse<NewAccountView> create(@Valid @NotNull NewTextAccount wanted) {
    var account = desk.create(wanted);
    return Created.at("/api/v1/text-accounts/" + account.id(), account);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a text account")
  @APIResponse(responseCode = "200", description = "The account")
  @APIResponse(responseCode = "404", description = "There is no such text account")
  public TextAccountView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Change a text account", description = "While it is not active, what is to leave waits.")
  @RequestBodySchema(TextAccountChange.class)
  @APIResponse(responseCode = "200", description = "The account as it is now")
  @APIResponse(responseCode = "404", description = "There is no such text account")
  @APIResponse(responseCode = "409", description = "Another account has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "The URL is not one of a server")
  public TextAccountView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Delete a text account", description = "What was to leave by it has failed. Its inbound channel stays, for what came in by it.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such text account")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// A text account that is wanted.
  ///
  /// @param number with its country, as the gateway knows it: `+41446681800`
  record NewTextAccount(@NotNull @Line String name, @NotNull @Pattern(regexp = PhoneNumber.FORM, message = PhoneNumber.SAID) String number, @NotNull UUID teamId,
      @NotNull @Size(max = 2000) String gatewayUrl) {}

  /// What of a text account may be changed.
  record TextAccountChange(@NotNull @Line String name, @NotNull @Size(max = 2000) String gatewayUrl, @NotNull Boolean active) {
    static TextAccountChange of(TextAccount account) {
      return new TextAccountChange(account.name, account.gatewayUrl, account.active);
    }
  }

  /// A text account as HTTP shows it.
  ///
  /// @param inboundChannelId its way in, mapped to a queue there
  /// @param state `connected`, `failing` (the gateway did not take the last text) or `paused`
  @Schema(name = "TextAccount")
  record TextAccountView(UUID id, String name, String number, UUID teamId, UUID inboundChannelId, String gatewayUrl, boolean active, String state,
      Instant lastSuccessAt, String lastError, Instant createdAt, Instant updatedAt) implements Restless {
    static TextAccountView of(TextAccount account) {
      return new TextAccountView(account.id, account.name, account.number, account.teamId, account.inboundChannelId, account.gatewayUrl, account.active,
          account.state(), account.lastSuccessAt, account.lastError, account.createdAt, account.updatedAt);
    }

    @Override
    public Object settled() {
      return new TextAccountView(id, name, number, teamId, inboundChannelId, gatewayUrl, active, null, null, null, createdAt, updatedAt);
    }
  }

  /// A text account with its secret, which is never shown again.
  @Schema(name = "NewTextAccountView")
  record NewAccountView(UUID id, String name, String number, UUID teamId, UUID inboundChannelId, String gatewayUrl, boolean active, Instant createdAt,
      Instant updatedAt, String secret) {
    static NewAccountView of(TextAccount account, String secret) {
      return new NewAccountView(account.id, account.name, account.number, account.teamId, account.inboundChannelId, account.gatewayUrl, account.active,
          account.createdAt, account.updatedAt, secret);
    }

    @Override
    public String toString() {
      return "NewAccountView[" + id + "]";
    }
  }
}
