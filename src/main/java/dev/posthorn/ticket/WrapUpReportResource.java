package dev.posthorn.ticket;

import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// How often which wrap-up code was given.
@Path("/api/v1/wrap-up-report")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Offers")
class WrapUpReportResource {
  private final WrapUpDesk desk;

  WrapUpReportResource(WrapUpDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "Count wrap-ups", description = "By queue, code and kind, of a span of time: of the last 30 days where nothing is said.")
  @APIResponse(responseCode = "200", description = "The counts")
  @APIResponse(responseCode = "400", description = "A time cannot be read")
  public WrapUpReport report(@QueryParam("from") Instant from, @QueryParam("to") Instant to, @QueryParam("queueId") UUID queueId) {
    return desk.report(from, to, queueId);
  }

  @Schema(name = "WrapUpReport")
  record WrapUpReport(Instant from, Instant to, List<WrapUpCount> counts) {}

  /// @param kind `transfer` or `closure`
  @Schema(name = "WrapUpCount")
  record WrapUpCount(UUID queueId, UUID wrapUpCodeId, String kind, long count) {}
}
