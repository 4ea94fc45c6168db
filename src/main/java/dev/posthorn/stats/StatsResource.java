package dev.posthorn.stats;

import dev.posthorn.stats.StatsView.Wanted;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Counts and times by queue, team, agent, channel and day.
@Path("/api/v1/stats")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Stats")
class StatsResource {
  private final Stats stats;

  StatsResource(Stats stats) {
    this.stats = stats;
  }

  @GET
  @Operation(summary = "Count", description = "What happened in a span of days, in the tenant's time zone: of the last 30 days where nothing is said. A lead's figures are those of the teams led.")
  @APIResponse(responseCode = "200", description = "The figures")
  @APIResponse(responseCode = "400", description = "A date cannot be read, or the span is too long")
  public StatsView show(
      @Parameter(description = "The first day: 2026-11-01.", schema = @Schema(format = "date")) @QueryParam("from") String from,
      @Parameter(description = "The last day; today where nothing is said.", schema = @Schema(format = "date")) @QueryParam("to") String to,
      @Parameter(schema = @Schema(enumeration = {"day", "queue", "team", "agent", "channel"}, defaultValue = "day")) @QueryParam("by") String by,
      @QueryParam("queueId") UUID queueId, @QueryParam("teamId") UUID teamId, @QueryParam("agentId") UUID agentId,
      @Parameter(description = "An inbound channel.") @QueryParam("channelId") UUID channelId) {
    var dimension = Dimension.of(by == null ? "day" : by).orElseThrow(() -> Refusal.badRequest("by", "One of: day, queue, team, agent, channel."));
    return stats.of(from, to, dimension, new Wanted(queueId, teamId, agentId, channelId));
  }
}
