package dev.posthorn.setup;

import dev.posthorn.team.LedTeams;
import dev.posthorn.team.Teams;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// How far a team is with its set-up, and how its address is made to forward.
@Path("/api/v1/teams/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Teams")
class SetupResource {
  private final Teams teams;
  private final SetupFacts facts;
  private final LedTeams led;
  private final ForwardingTests tests;
  private final ForwardingConfirmations confirmations;

  SetupResource(Teams teams, SetupFacts facts, LedTeams led, ForwardingTests tests, ForwardingConfirmations confirmations) {
    this.teams = teams;
    this.facts = facts;
    this.led = led;
    this.tests = tests;
    this.confirmations = confirmations;
  }

  /// How to make an address forward.
  ///
  /// @param provider as it calls itself
  /// @param steps one after the other, with the addresses in them
  @Schema(name = "ForwardingGuide")
  record GuideView(String provider, String from, String to, List<String> steps) {}

  @GET
  @Path("setup")
  @Transactional
  @Operation(summary = "Show how far a team's set-up is", description = "Which of the three is in force (Microsoft 365, the company's own address, the provided address), what is done and what is to do.")
  @APIResponse(responseCode = "200", description = "The set-up with its steps")
  @APIResponse(responseCode = "404", description = "There is no such team")
  public SetupView setup(@PathParam("id") UUID id) {
    return SetupView.of(known(id), tests.isProven(id), led.include(id) ? confirmations.ofTeam(id) : List.of());
  }

  @GET
  @Path("forwarding-guide")
  @Transactional
  @Operation(summary = "Show how an address is made to forward to the team", description = "At its provider, step by step.")
  @APIResponse(responseCode = "200", description = "The guide")
  @APIResponse(responseCode = "400", description = "There is no guide for such a provider")
  @APIResponse(responseCode = "404", description = "There is no such team")
  public GuideView guide(@PathParam("id") UUID id,
      @Parameter(description = "At which provider the address is.", schema = @Schema(enumeration = {"gmail", "microsoft365", "outlook.com", "yahoo", "icloud", "cpanel", "other"}, defaultValue = "other"))
      @QueryParam("provider") String provider,
      @Parameter(description = "The address that is to forward; the team's own one as far as it is known, if none is given.") @QueryParam("address") String address) {
    var known = known(id);
    var guide = ForwardingGuide.of(provider == null ? "other" : provider).orElseThrow(() -> Refusal.badRequest("provider",
        "One of: " + Arrays.stream(ForwardingGuide.values()).map(ForwardingGuide::word).collect(Collectors.joining(", ")) + "."));
    var from = address != null ? address : known.mailboxAddress().or(known::ownAddress).orElse("your address");
    return new GuideView(guide.provider(), from, known.forwardingAddress(), guide.steps(from, known.forwardingAddress()));
  }

  private SetupFacts.Facts known(UUID id) {
    if (teams.findByIdOptional(id).isEmpty()) {
      throw Refusal.notFound("team");
    }
    return facts.of(id);
  }
}
