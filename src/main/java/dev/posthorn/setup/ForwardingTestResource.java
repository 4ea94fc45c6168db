package dev.posthorn.setup;

import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.team.LedTeams;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.web.Created;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.MailAddress;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Whether a company's own address forwards to a team, proven end to end.
@Path("/api/v1/teams/{id}/forwarding-tests")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Teams")
class ForwardingTestResource {
  private final ForwardingTests tests;
  private final Teams teams;
  private final LedTeams led;
  private final Outbox outbox;
  private final Clock clock;

  ForwardingTestResource(ForwardingTests tests, Teams teams, LedTeams led, Outbox outbox, Clock clock) {
    this.tests = tests;
    this.teams = teams;
    this.led = led;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// @param address the company's own, which is to forward to the team
  @Schema(name = "NewForwardingTest")
  record NewForwardingTest(@NotNull @MailAddress String address) {}

  /// A forwarding test.
  ///
  /// @param state `waiting`; `arrived`; `expired`: it did not come in time; `failed`: it could not be delivered to the address
  /// @param error why it could not be delivered, in the server's words; null otherwise
  /// @param arrivedAt when it came in; null until then, as all that follows
  /// @param inboundChannelId by which way it came in
  /// @param delaySeconds from when it left until it came in
  @Schema(name = "ForwardingTest")
  record ForwardingTestView(UUID id, UUID teamId, String address, String state, String error, Instant createdAt, Instant expiresAt, Instant arrivedAt,
      UUID inboundChannelId, Long delaySeconds, ForwardingTest.Findings findings) {
    static ForwardingTestView of(ForwardingTest test, OutboundMail mail, Instant now) {
      return new ForwardingTestView(test.id, test.teamId, test.address, test.state(mail == null ? "sent" : mail.state, now),
          mail == null || test.arrivedAt != null ? null : mail.lastError, test.createdAt, test.expiresAt, test.arrivedAt, test.channelId,
          test.delaySeconds(mail == null ? null : mail.sentAt), test.findings);
    }
  }

  @GET
  @Transactional
  @Operation(summary = "List a team's forwarding tests", description = "Newest first.")
  @APIResponse(responseCode = "404", description = "There is no such team")
  public Page<ForwardingTestView> list(@PathParam("id") UUID id, @BeanParam PageRequest page) {
    visible(id);
    return page.of("forwarding-tests", id).answer((after, atMost) -> tests.page(id, after, atMost), test -> Cursor.at(test.id), this::view,
        () -> tests.count("teamId", id));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Transactional
  @Operation(summary = "Prove that an address forwards", description = "Sends a mail to the company's own address by the platform's relay, and recognises it when it comes in by the team's forwarding address. It makes no ticket. What was seen of it then (servers, delay, what became of SPF, DKIM and DMARC) stands in the test.")
  @APIResponseSchema(value = ForwardingTestView.class, responseCode = "201", responseDescription = "The test, waiting")
  @APIResponse(responseCode = "404", description = "There is no such team")
  @APIResponse(responseCode = "409", description = "The team's EmailHub is off, or there were too many tests")
  @APIResponse(responseCode = "422", description = "The address is one of the platform's own")
  public RestResponse<ForwardingTestView> begin(@PathParam("id") UUID id, @Valid @NotNull NewForwardingTest wanted) {
    var team = visible(id);
    if (!team.emailHubEnabled) {
      throw Refusal.of(ProblemKind.EMAIL_HUB_OFF, "While the team's EmailHub is off nothing is sent, and what comes is held.");
    }
    var test = tests.begin(team, wanted.address());
    return Created.at("/api/v1/teams/" + id + "/forwarding-tests/" + test.id, view(test));
  }

  @GET
  @Path("{testId}")
  @Transactional
  @Operation(summary = "Show a forwarding test")
  @APIResponse(responseCode = "200", description = "The test")
  @APIResponse(responseCode = "404", description = "There is no such test")
  public ForwardingTestView show(@PathParam("id") UUID id, @PathParam("testId") UUID testId) {
    visible(id);
    return tests.findByIdOptional(testId).filter(test -> test.teamId.equals(id)).map(this::view).orElseThrow(() -> Refusal.notFound("forwarding test"));
  }

  private ForwardingTestView view(ForwardingTest test) {
    return ForwardingTestView.of(test, outbox.byIds(List.of(test.outboundMailId)).get(test.outboundMailId), clock.instant());
  }

  private Team visible(UUID id) {
    return teams.findByIdOptional(id).filter(team -> led.include(team.id)).orElseThrow(() -> Refusal.notFound("team"));
  }
}
