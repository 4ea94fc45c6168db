package dev.posthorn.login;

import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.MailAddress;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Role;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Who may join the tenant.
@Path("/api/v1/invitations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "People")
class InvitationResource {
  private final Invitations invitations;

  InvitationResource(Invitations invitations) {
    this.invitations = invitations;
  }

  @GET
  @Operation(summary = "List invitations", description = "Oldest first.")
  public Page<InvitationView> list(@BeanParam PageRequest page) {
    return invitations.list(page.of("invitations"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Invite somebody", description = """
      They get a mail with a link that is good once and for some days. Whoever follows it signs in at a provider of theirs and is an agent. \\
      Where an agent with the address is there already, that is who they are.""")
  @APIResponseSchema(value = InvitationView.class, responseCode = "201", responseDescription = "The invitation; its link is in the mail alone")
  @APIResponse(responseCode = "422", description = "A team or a queue does not exist")
  public RestResponse<InvitationView> invite(@Valid @NotNull NewInvitation wanted) {
    var made = invitations.invite(wanted);
    return Created.at("/api/v1/invitations/" + made.id(), made);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show an invitation")
  @APIResponse(responseCode = "200", description = "The invitation")
  @APIResponse(responseCode = "404", description = "There is no such invitation")
  public InvitationView show(@PathParam("id") UUID id) {
    return invitations.show(id);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Take an invitation back", description = "Its link is good for nothing. Who has accepted it stays.")
  @APIResponse(responseCode = "204", description = "Taken back")
  @APIResponse(responseCode = "404", description = "There is no such invitation")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    invitations.remove(id);
  }

  /// An invitation that is wanted.
  record NewInvitation(@NotNull @MailAddress String email, @NotNull @Line String name, @NotNull Role role,
      @Size(max = 1000) List<@NotNull UUID> teamIds, @Size(max = 1000) List<@NotNull UUID> queueIds) {}

  /// An invitation as HTTP shows it.
  ///
  /// @param state `pending`, `accepted`, or `expired`
  /// @param agentId who came of it; null until then
  record InvitationView(UUID id, String email, String name, Role role, List<UUID> teamIds, List<UUID> queueIds, String state, UUID agentId,
      Instant expiresAt, Instant acceptedAt, Instant createdAt, Instant updatedAt) {
    static InvitationView of(Invitation row, Instant now) {
      var state = row.state.equals(Invitation.PENDING) && !row.isGood(now) ? "expired" : row.state;
      return new InvitationView(row.id, row.email, row.name, row.asRole(), row.teamIds, row.queueIds, state, row.agentId, row.expiresAt, row.acceptedAt,
          row.createdAt, row.updatedAt);
    }
  }
}
