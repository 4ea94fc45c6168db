package dev.posthorn.routing;

import dev.posthorn.intake.Explanation.Deed;
import dev.posthorn.intake.Explanation.Ruling;
import dev.posthorn.intake.InboundState;
import dev.posthorn.routing.RuleResource.NewRule;
import dev.posthorn.web.NotIdempotent;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Rules are tried on past mail before they are switched on: admins' on mail of all teams, leads' own ones on mail of theirs.
@Path("/api/v1/rule-simulations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Rules")
class SimulationResource {
  private final Simulation simulation;

  SimulationResource(Simulation simulation) {
    this.simulation = simulation;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @NotIdempotent("It changes nothing: sent again, it is worked out again, with the same result.")
  @Operation(summary = "Try rules on past mail", description = """
      In place of all rules that there are. Says for each mail, oldest first, what became of it and what would have, with the \
      reasons. Each mail is read again, and asked about with what was known when it came. Changes nothing. One answer holds some \
      mails; `next` of the answer is `after` of the request that goes on. A lead tries rules of the teams led, on mail that came to them.""")
  @APIResponse(responseCode = "200", description = "What happened, and what would have")
  @APIResponse(responseCode = "400", description = "A kind is unknown, a field has the wrong shape, or the rules ask too much")
  @APIResponse(responseCode = "403", description = "A rule is not one of a team that the lead leads")
  @APIResponse(responseCode = "422", description = "A rule names something that does not exist")
  public SimulationView run(@Valid @NotNull SimulationRequest wanted) {
    return simulation.run(wanted);
  }

  /// @param rules in the order in which they are asked; their `position` does not matter
  /// @param from  only mails stored at this time or later
  /// @param to    only mails stored before this time
  /// @param after `next` of the answer before; nothing at first
  @Schema(name = "RuleSimulation")
  record SimulationRequest(@NotNull List<@NotNull @Valid NewRule> rules, @NotNull Instant from, @NotNull Instant to, UUID after) {}

  /// @param next where to go on; null at the end
  @Schema(name = "RuleSimulationResult")
  record SimulationView(List<SimulatedMail> items, UUID next) {}

  /// A mail, and what rules make of it.
  ///
  /// @param changed whether something else would have happened
  /// @param rules   the tried rules that were asked, with what was looked at and found
  @Schema(name = "SimulatedMail")
  record SimulatedMail(UUID inboundMailId, UUID messageId, UUID ticketId, Instant receivedAt, Outcome happened, Outcome would, boolean changed,
      List<Ruling> rules) {}

  /// @param state what the mail became: `ticketed`, `threaded`, `ignored` or `quarantined`
  /// @param deeds what rules did, in their order
  @Schema(name = "SimulatedOutcome")
  record Outcome(InboundState state, List<Deed> deeds) {}
}
