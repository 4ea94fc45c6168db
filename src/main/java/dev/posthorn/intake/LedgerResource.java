package dev.posthorn.intake;

import dev.posthorn.channel.InboundChannelDesk;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The ledger of an inbound channel: each mail that came is in exactly one state, so the sums match (P-53). For whoever may
/// see the channel.
@Path("/api/v1/inbound-channels/{id}/ledger")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Inbound mail")
class LedgerResource {
  private final InboundChannelDesk channels;
  private final InboundMails mails;

  LedgerResource(InboundChannelDesk channels, InboundMails mails) {
    this.channels = channels;
    this.mails = mails;
  }

  @GET
  @Operation(summary = "Show an inbound channel's ledger", description = "Counted in one look: the states add up to `received`.")
  @APIResponse(responseCode = "200", description = "The counts")
  @APIResponse(responseCode = "404", description = "There is no such channel")
  public LedgerView show(@PathParam("id") UUID id,
      @Parameter(description = "Only mails received at this time or later.") @QueryParam("from") Instant from,
      @Parameter(description = "Only mails received before this time.") @QueryParam("to") Instant to) {
    if (from != null && to != null && to.isBefore(from)) {
      throw Refusal.badRequest("to", "Must not be before `from`.");
    }
    return QuarkusTransaction.joiningExisting().call(() ->
        LedgerView.of(channels.visible(id).id, from, to, mails.tally(id, from, to)));
  }

  /// What became of the mails of a span of time.
  ///
  /// @param received all of them
  record LedgerView(
      UUID inboundChannelId,
      Instant from,
      Instant to,
      long received,
      long pending,
      long ticketed,
      long threaded,
      long ignored,
      long quarantined,
      long failed,
      long echo,
      long bounce) {
    static LedgerView of(UUID channelId, Instant from, Instant to, Map<InboundState, Long> tally) {
      return new LedgerView(channelId, from, to, tally.values().stream().mapToLong(Long::longValue).sum(),
          tally.getOrDefault(InboundState.PENDING, 0L), tally.getOrDefault(InboundState.TICKETED, 0L),
          tally.getOrDefault(InboundState.THREADED, 0L), tally.getOrDefault(InboundState.IGNORED, 0L),
          tally.getOrDefault(InboundState.QUARANTINED, 0L), tally.getOrDefault(InboundState.FAILED, 0L),
          tally.getOrDefault(InboundState.ECHO, 0L), tally.getOrDefault(InboundState.BOUNCE, 0L));
    }
  }
}
