package dev.posthorn.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Servers of the tenant's that are told of events, and what became of each telling.
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Events")
class WebhookResource {
  private static final Set<String> STATES = Set.of(WebhookDelivery.PENDING, WebhookDelivery.DELIVERED, WebhookDelivery.FAILED);

  private final WebhookDesk desk;

  WebhookResource(WebhookDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "List webhooks", description = "Oldest first.")
  public Page<WebhookView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("webhooks"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent(answersSecret = true)
  @Operation(summary = "Create a webhook", description = "It is told of what happens from now on, by POST of JSON signed as Standard Webhooks says (`webhook-id`, `webhook-timestamp`, `webhook-signature`). The secret is shown once. An event may come twice and in another order: `webhook-id` is the event's id.")
  @APIResponseSchema(value = NewWebhookView.class, responseCode = "201", responseDescription = "The webhook with its secret")
  @APIResponse(responseCode = "409", description = "There are too many")
  @APIResponse(responseCode = "422", description = "The URL is not one of a server")
  public RestResponse<NewWebhookView> create(@Valid @NotNull WebhookFields wanted) {
    var webhook = desk.create(wanted);
    return Created.at("/api/v1/webhooks/" + webhook.id(), webhook);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a webhook")
  @APIResponse(responseCode = "200", description = "The webhook")
  @APIResponse(responseCode = "404", description = "There is no such webhook")
  public WebhookView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Change a webhook", description = "One that was off is told of what happened meanwhile.")
  @RequestBodySchema(WebhookFields.class)
  @APIResponse(responseCode = "200", description = "The webhook as it is now")
  @APIResponse(responseCode = "404", description = "There is no such webhook")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "The URL is not one of a server")
  public WebhookView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Delete a webhook", description = "With everything that waits for it.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such webhook")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  @GET
  @Path("{id}/deliveries")
  @Operation(summary = "List a webhook's deliveries", description = "Newest first. Those that `failed` are kept to be replayed.")
  @APIResponse(responseCode = "404", description = "There is no such webhook")
  public Page<DeliveryView> deliveries(@PathParam("id") UUID id, @BeanParam PageRequest page,
      @Schema(enumeration = {"pending", "delivered", "failed"}) @QueryParam("state") String state) {
    if (state != null && !STATES.contains(state)) {
      throw Refusal.badRequest("state", "One of: pending, delivered, failed.");
    }
    return desk.deliveries(id, state, page.of("webhook-deliveries", id, state));
  }

  @GET
  @Path("{id}/deliveries/{deliveryId}")
  @Operation(summary = "Show a delivery")
  @APIResponse(responseCode = "200", description = "The delivery")
  @APIResponse(responseCode = "404", description = "There is no such delivery")
  public DeliveryView delivery(@PathParam("id") UUID id, @PathParam("deliveryId") UUID deliveryId) {
    return desk.delivery(id, deliveryId);
  }

  @POST
  @Path("{id}/deliveries/{deliveryId}/replay")
  @Idempotent
  @Operation(summary = "Make a delivery once more", description = "Whatever became of it.")
  @APIResponseSchema(value = DeliveryView.class, responseCode = "202", responseDescription = "It is due now")
  @APIResponse(responseCode = "404", description = "There is no such delivery")
  public RestResponse<DeliveryView> replay(@PathParam("id") UUID id, @PathParam("deliveryId") UUID deliveryId) {
    return RestResponse.status(RestResponse.Status.ACCEPTED, desk.replay(id, deliveryId));
  }

  /// What a webhook says.
  ///
  /// @param events kinds of events; `ticket.*` for all that begin so, `*` for all
  /// @param active whether it is told; what happens while it is not is told later
  @Schema(name = "WebhookFields")
  record WebhookFields(
      @NotNull @Size(max = 2000) String url,
      @NotEmpty @Size(max = 100) List<@NotNull @Pattern(regexp = "\\*|[a-z-]{1,50}\\.\\*|[a-z-]{1,50}\\.[a-z-]{1,50}", message = "must be a kind of event, `ticket.*` or `*`") String> events,
      Boolean active) {
    WebhookFields {
      active = active == null || active;
    }

    static WebhookFields of(Webhook webhook) {
      return new WebhookFields(webhook.url, webhook.events, webhook.active);
    }
  }

  /// A webhook as HTTP shows it.
  @Schema(name = "Webhook")
  record WebhookView(UUID id, String url, List<String> events, boolean active, Instant createdAt, Instant updatedAt) {
    static WebhookView of(Webhook webhook) {
      return new WebhookView(webhook.id, webhook.url, webhook.events, webhook.active, webhook.createdAt, webhook.updatedAt);
    }
  }

  /// A webhook with its secret, which is never shown again.
  @Schema(name = "NewWebhook")
  record NewWebhookView(UUID id, String url, List<String> events, boolean active, Instant createdAt, Instant updatedAt, String secret) {
    @Override
    public String toString() {
      return "NewWebhookView[" + id + "]";
    }
  }

  /// One event for one webhook.
  ///
  /// @param state `pending`, `delivered` or `failed`
  /// @param lastError what the server answered, or why none did; null after a success
  @Schema(name = "WebhookDelivery")
  record DeliveryView(UUID id, UUID eventId, String state, int attempts, Instant dueAt, Instant lastAt, Integer lastStatus, String lastError, Instant createdAt) {
    static DeliveryView of(WebhookDelivery delivery) {
      return new DeliveryView(delivery.id, delivery.eventId, delivery.state, delivery.attempts, delivery.dueAt, delivery.lastAt,
          delivery.lastStatus, delivery.lastError, delivery.createdAt);
    }
  }
}
