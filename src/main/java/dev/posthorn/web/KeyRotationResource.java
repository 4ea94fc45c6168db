package dev.posthorn.web;

import dev.posthorn.secret.Rotation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The keys that seal secrets at rest, for the operator: ids and figures alone.
@Path("/api/v1/key-rotation")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@RunOnVirtualThread
@Tag(name = "Operation")
class KeyRotationResource {
  private final Rotation rotation;

  KeyRotationResource(Rotation rotation) {
    this.rotation = rotation;
  }

  @GET
  @Operation(summary = "Show the keys that seal secrets", description = "How many secrets each of them seals. When it is `done`, every other key than the current one may be taken away.")
  @APIResponse(responseCode = "200", description = "The keys by their ids")
  public KeyRotationView show() {
    return KeyRotationView.of(rotation.state());
  }

  @POST
  @Idempotent
  @Operation(summary = "Seal everything under the current key", description = "In the background, while everything runs. It is done every hour by itself; this begins at once.")
  @APIResponse(responseCode = "202", description = "It has begun.", content = @Content(schema = @Schema(implementation = KeyRotationView.class)))
  public RestResponse<KeyRotationView> begin() {
    rotation.begin();
    return RestResponse.accepted(show());
  }

  /// @param currentKey the id of the key that seals
  /// @param done whether nothing is under another key
  @Schema(name = "KeyRotation")
  record KeyRotationView(String currentKey, boolean done, List<KeyView> keys) {
    static KeyRotationView of(Rotation.State state) {
      return new KeyRotationView(state.current(), state.isDone(), state.keys().stream().map(key -> new KeyView(key.id(), key.configured(), key.secrets())).toList());
    }
  }

  /// @param configured whether the node that answers has it
  /// @param secrets how many it seals
  @Schema(name = "SealingKey")
  record KeyView(String id, boolean configured, long secrets) {}
}
