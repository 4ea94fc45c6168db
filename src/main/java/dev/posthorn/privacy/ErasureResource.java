package dev.posthorn.privacy;

import dev.posthorn.privacy.Erasures.Erasure;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Contacts that want to be forgotten.
@Path("/api/v1/erasures")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Privacy")
class ErasureResource {
  private final Erasures erasures;
  private final PrivacyWorker worker;

  ErasureResource(Erasures erasures, PrivacyWorker worker) {
    this.erasures = erasures;
    this.worker = worker;
  }

  @GET
  @Operation(summary = "List erasures of contacts", description = "Newest first.")
  public Page<ErasureView> list(@BeanParam PageRequest page) {
    return page.of("erasures").answer(erasures::page, erasure -> Cursor.at(erasure.id()), ErasureView::of, erasures::count);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Erase a contact", description = """
      For good: the contact with names, addresses and keys; the tickets that are theirs with everything in them; in tickets of others what they wrote and that they \
      took part; mails of theirs that became no ticket. Exports that hold them end. That mails came stays in the ledgers. It is done step by step; asked again, it is the same erasure.""")
  @APIResponse(responseCode = "202", description = "The erasure as it is now.", content = @Content(schema = @Schema(implementation = ErasureView.class)))
  @APIResponse(responseCode = "422", description = "There is no such contact")
  public RestResponse<ErasureView> begin(@Valid @NotNull NewErasure wanted) {
    var begun = ErasureView.of(erasures.begin(wanted.contactId()));
    worker.wake();
    return RestResponse.status(RestResponse.Status.ACCEPTED, begun);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show an erasure", description = "How far it is.")
  @APIResponse(responseCode = "200", description = "The erasure")
  @APIResponse(responseCode = "404", description = "There is no such erasure")
  public ErasureView show(@PathParam("id") UUID id) {
    return erasures.one(id).map(ErasureView::of).orElseThrow(() -> Refusal.notFound("erasure"));
  }

  @Schema(name = "NewErasure")
  record NewErasure(@NotNull UUID contactId) {}

  /// How far an erasure is.
  ///
  /// @param contactId the id that they had
  /// @param state `pending`; `sweeping`, when only bytes that nothing names are left; `done`
  /// @param tickets that were deleted
  /// @param messages in tickets of others that lost what was theirs
  /// @param mails that became no message, and of which nothing but that they came is known any more
  @Schema(name = "Erasure")
  record ErasureView(UUID id, UUID contactId, String state, int tickets, int messages, int mails, Instant createdAt, Instant finishedAt) {
    static ErasureView of(Erasure erasure) {
      return new ErasureView(erasure.id(), erasure.contactId(), erasure.state(), erasure.tickets(), erasure.messages(), erasure.mails(), erasure.createdAt(),
          erasure.finishedAt());
    }
  }
}
