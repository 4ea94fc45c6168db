package dev.posthorn.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/// The keys of one's own tenant.
@Path("/api/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
class ApiKeyResource {
  private final ApiKeys keys;
  private final Preconditions preconditions;
  private final Caller caller;
  private final WebConfig config;

  ApiKeyResource(ApiKeys keys, Preconditions preconditions, Caller caller, WebConfig config) {
    this.keys = keys;
    this.preconditions = preconditions;
    this.caller = caller;
    this.config = config;
  }

  @GET
  public Page<ApiKeyView> list(@BeanParam PageRequest page) {
    return page.of("api-keys").answer(keys::page, key -> Cursor.at(key.id), ApiKeyView::of, keys::size);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent(answersSecret = true)
  @Operation(summary = "Issue a key", description = """
      The key's text is shown once. With a key that has scopes or an end, only keys within those scopes are issued, and none that ends later.""")
  @APIResponse(responseCode = "201", description = "The key with its text", content = @Content(schema = @Schema(implementation = IssuedKeyView.class)))
  @APIResponse(responseCode = "403", description = "It would be good for more, or for longer, than the caller's own")
  public RestResponse<IssuedKeyView> issue(@Valid @NotNull ApiKeyRequest wanted) {
    var scopes = Scopes.of(wanted.scopes(), ScopeGroups.ALL);
    caller.reach().demand(scopes, wanted.expiresAt());
    var issued = keys.issue(wanted.role(), wanted.name(), wanted.agentId(), wanted.contactId(), scopes, wanted.expiresAt());
    return RestResponse.ResponseBuilder.<IssuedKeyView>created(URI.create("/api/v1/api-keys/" + issued.row().id))
        .entity(IssuedKeyView.of(issued)).build();
  }

  @GET
  @Path("{id}")
  public ApiKeyView show(@PathParam("id") UUID id) {
    return ApiKeyView.of(existing(id));
  }

  @POST
  @Path("{id}/rotations")
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent(answersSecret = true)
  @Operation(summary = "Give a key another secret", description = """
      The key stays the same, its text is new and shown once. The one before is good for `overlapSeconds` yet; with 0 it is refused at \
      once. Whose own key has scopes or an end rotates no key that is good for more or for longer.""")
  @APIResponse(responseCode = "200", description = "The key with its new text")
  @APIResponse(responseCode = "403", description = "It is good for more, or for longer, than the caller's own")
  @APIResponse(responseCode = "404", description = "There is no such key")
  public IssuedKeyView rotate(@PathParam("id") UUID id, @Valid RotationRequest wanted) {
    var overlap = wanted == null || wanted.overlapSeconds() == null ? config.keys().overlap() : Duration.ofSeconds(wanted.overlapSeconds());
    if (overlap.compareTo(config.keys().overlapAtMost()) > 0) {
      throw Refusal.badRequest("/overlapSeconds", "At most " + config.keys().overlapAtMost().toSeconds() + ".");
    }
    return IssuedKeyView.of(keys.rotate(id, overlap, caller.reach()));
  }

  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") UUID id) {
    var key = existing(id);
    preconditions.check(ApiKeyView.of(key));
    keys.revoke(key);
  }

  private ApiKey existing(UUID id) {
    return keys.byId(id).orElseThrow(() -> Refusal.notFound("key"));
  }

  /// A key that is wanted.
  ///
  /// @param agentId whom the key of an admin, lead or agent stands for; an admin's may stand for nobody
  /// @param contactId whom a requester's key stands for: it sees that contact's tickets
  /// @param scopes what of the role it is good for, as in `tickets:read`; everything where nothing is said
  /// @param expiresAt when it ends; never where nothing is said
  record ApiKeyRequest(@NotBlank @Size(max = 200) String name, @NotNull Role role, UUID agentId, UUID contactId,
      @Size(min = 1, max = 100) List<@NotNull @Size(max = 50) String> scopes, Instant expiresAt) {}

  /// How long the secret before is good yet.
  record RotationRequest(@Min(0) Long overlapSeconds) {}

  /// A key as it can be shown at any time.
  ///
  /// @param scopes null for everything that the role allows
  /// @param usedAt when it was last used, to the minute or so; null for never
  /// @param previousUntil until when the secret before the last rotation is good; null for none
  record ApiKeyView(UUID id, String keyId, String name, Role role, UUID agentId, UUID contactId, List<String> scopes, Instant expiresAt,
      Instant usedAt, Instant previousUntil, Instant createdAt) implements Restless {
    static ApiKeyView of(ApiKey key) {
      return new ApiKeyView(key.id, key.keyId, key.name, key.role, key.agentId, key.contactId, key.scopes, key.expiresAt, key.usedAt, key.previousUntil,
          key.createdAt);
    }

    @Override
    public Object settled() {
      return new ApiKeyView(id, keyId, name, role, agentId, contactId, scopes, expiresAt, null, previousUntil, createdAt);
    }
  }

  /// A key as it is shown once, whole.
  record IssuedKeyView(UUID id, String key, String keyId, String name, Role role, UUID agentId, UUID contactId, List<String> scopes, Instant expiresAt,
      Instant previousUntil, Instant createdAt) {
    static IssuedKeyView of(IssuedKey issued) {
      var row = issued.row();
      return new IssuedKeyView(row.id, issued.key(), row.keyId, row.name, row.role, row.agentId, row.contactId, row.scopes, row.expiresAt,
          row.previousUntil, row.createdAt);
    }

    @Override
    public String toString() {
      return "IssuedKeyView[" + keyId + "]";
    }
  }
}
