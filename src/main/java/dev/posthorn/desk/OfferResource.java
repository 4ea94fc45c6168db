package dev.posthorn.desk;

import dev.posthorn.queue.Queue;
import dev.posthorn.ticket.Participant;
import dev.posthorn.ticket.Ticket;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What agents are offered.
@Path("/api/v1/offers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Offers")
class OfferResource {
  private final OfferDesk desk;

  OfferResource(OfferDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "List pending offers", description = "The calling agent's; an admin's key without an agent sees everybody's. Oldest first.")
  public Page<OfferView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("offers"));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show an offer")
  @APIResponse(responseCode = "200", description = "The offer, and what became of it")
  @APIResponse(responseCode = "404", description = "The caller sees no such offer")
  public OfferView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @POST
  @Path("{id}/acceptance")
  @Idempotent
  @Operation(summary = "Accept an offer", description = "The ticket is the caller's then (WX-07).")
  @APIResponse(responseCode = "200", description = "The offer as it is now")
  @APIResponse(responseCode = "403", description = "It was made to somebody else")
  @APIResponse(responseCode = "404", description = "The caller sees no such offer")
  @APIResponse(responseCode = "409", description = "It is over: accepted, rejected, timed out or withdrawn")
  public OfferView accept(@PathParam("id") UUID id) {
    return desk.accept(id);
  }

  @POST
  @Path("{id}/rejection")
  @Idempotent
  @Operation(summary = "Reject an offer", description = "The ticket is offered to others; to the caller again only after a while.")
  @APIResponse(responseCode = "200", description = "The offer as it is now")
  @APIResponse(responseCode = "403", description = "It was made to somebody else")
  @APIResponse(responseCode = "404", description = "The caller sees no such offer")
  @APIResponse(responseCode = "409", description = "It is over: accepted, rejected, timed out or withdrawn")
  public OfferView reject(@PathParam("id") UUID id) {
    return desk.reject(id);
  }

  /// A ticket that somebody may have (WX-02, WX-03).
  ///
  /// @param state `pending`, `accepted`, `rejected`, `timed-out` or `withdrawn`
  /// @param waitingSince when the customer's concern came in
  /// @param expiresAt until when it can be accepted; then its agent is `rona`
  @Schema(name = "Offer")
  record OfferView(UUID id, String state, UUID ticketId, long ticketNumber, String subject, Customer customer, OfferingQueue queue, UUID agentId,
      Instant waitingSince, Instant offeredAt, Instant expiresAt, Instant settledAt) {
    static OfferView of(Offer offer, Ticket ticket, Queue queue, Optional<Participant> requester, String name) {
      return new OfferView(offer.id, offer.state, ticket.id, ticket.number, ticket.subject,
          requester.map(one -> new Customer(one.name, one.address)).orElseGet(() -> new Customer(name, null)), new OfferingQueue(queue.id, queue.name, queue.color), offer.agentId,
          ticket.createdAt, offer.offeredAt, offer.expiresAt, offer.settledAt);
    }
  }

  @Schema(name = "OfferedCustomer")
  record Customer(String name, String email) {}

  @Schema(name = "OfferingQueue")
  record OfferingQueue(UUID id, String name, String color) {}
}
