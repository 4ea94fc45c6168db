package dev.posthorn.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
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
import java.time.Instant;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/// The keys of one's own tenant.
@Path("/api/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
class ApiKeyResource {
  private final ApiKeys keys;
  private final Preconditions preconditions;

  ApiKeyResource(ApiKeys keys, Preconditions preconditions) {
    this.keys = keys;
    this.preconditions = preconditions;
  }

  @GET
  public Page<ApiKeyView> list(@BeanParam PageRequest page) {
    return page.of("api-keys").answer(keys::page, key -> Cursor.at(key.id), ApiKeyView::of, keys::size);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent(answersSecret = true)
  public RestResponse<IssuedKeyView> issue(@Valid @NotNull ApiKeyRequest wanted) {
    var issued = keys.issue(wanted.role(), wanted.name(), wanted.agentId(), wanted.contactId());
    return RestResponse.ResponseBuilder.<IssuedKeyView>created(URI.create("/api/v1/api-keys/" + issued.row().id))
        .entity(IssuedKeyView.of(issued)).build();
  }

  @GET
  @Path("{id}")
  public ApiKeyView show(@PathParam("id") UUID id) {
    return ApiKeyView.of(existing(id));
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
  record ApiKeyRequest(@NotBlank @Size(max = 200) String name, @NotNull Role role, UUID agentId, UUID contactId) {}

  /// A key as it can be shown at any time.
  record ApiKeyView(UUID id, String keyId, String name, Role role, UUID agentId, UUID contactId, Instant createdAt) {
    static ApiKeyView of(ApiKey key) {
      return new ApiKeyView(key.id, key.keyId, key.name, key.role, key.agentId, key.contactId, key.createdAt);
    }
  }

  /// A key as it is shown once, whole.
  record IssuedKeyView(UUID id, String key, String keyId, String name, Role role, UUID agentId, UUID contactId, Instant createdAt) {
    static IssuedKeyView of(IssuedKey issued) {
      var row = issued.row();
      return new IssuedKeyView(row.id, issued.key(), row.keyId, row.name, row.role, row.agentId, row.contactId, row.createdAt);
    }

    @Override
    public String toString() {
      return "IssuedKeyView[" + keyId + "]";
    }
  }
}
