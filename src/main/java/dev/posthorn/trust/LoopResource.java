package dev.posthorn.trust;

import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The loops that were stopped (P-28): who writes so often that it opens no tickets any more.
@Path("/api/v1/loops")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Inbound mail")
class LoopResource {
  private final LoopDesk desk;

  LoopResource(LoopDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "List stopped loops", description = """
      Senders who wrote too often with one subject. What they write goes into one ticket and is not answered, until they are \
      quiet for a while. Oldest first.""")
  public Page<LoopView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("loops"));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a stopped loop")
  @APIResponse(responseCode = "200", description = "The loop")
  @APIResponse(responseCode = "404", description = "There is no such loop, or it is over")
  public LoopView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Reset a stopped loop", description = "Its sender may open tickets again at once.")
  @APIResponse(responseCode = "204", description = "Reset")
  @APIResponse(responseCode = "404", description = "There is no such loop, or it is over")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void reset(@PathParam("id") UUID id) {
    desk.reset(id);
  }

  /// A stopped loop as HTTP shows it.
  ///
  /// @param address who writes
  /// @param subject what they write about, without marks of answering, digits left out
  /// @param ticketId the ticket that takes what they write now
  /// @param mails how many came since it was counted
  /// @param openedAt when it was stopped
  /// @param lastAt when the last mail came
  @Schema(name = "Loop")
  record LoopView(UUID id, UUID inboundChannelId, String address, String subject, UUID ticketId, int mails, Instant openedAt, Instant lastAt) {
    static LoopView of(Budget row) {
      return new LoopView(row.id, row.channelId, row.address, row.subject, row.ticketId, row.spent, row.openedAt, row.lastAt);
    }
  }
}
