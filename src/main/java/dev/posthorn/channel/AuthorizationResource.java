package dev.posthorn.channel;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.MailAddress;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Sign-ins for mailboxes. One begins here, goes on in a browser, and comes back to [CallbackResource]; what became of it is asked
/// here.
@Path("/api/v1/mailboxes/authorizations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Mailboxes")
class AuthorizationResource {
  private final SigningIn signingIn;
  private final MailboxAuthorizations authorizations;
  private final Preconditions preconditions;

  AuthorizationResource(SigningIn signingIn, MailboxAuthorizations authorizations, Preconditions preconditions) {
    this.signingIn = signingIn;
    this.authorizations = authorizations;
    this.preconditions = preconditions;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent(answersSecret = true)
  @Operation(summary = "Sign in for a mailbox", description = """
      Lead a browser to `authorizationUrl`. It comes back to `/oauth/callback`, which makes the mailbox with both channels and leads \
      on to `returnTo`. For a mailbox that is connected already it is how somebody signs in anew: it goes on where it was.""")
  @APIResponseSchema(value = Begun.class, responseCode = "201", responseDescription = "Where to sign in")
  @APIResponse(responseCode = "409", description = "A mailbox of another kind has the address")
  @APIResponse(responseCode = "422", description = """
      It cannot be: the operator has registered nothing there, `returnTo` is not allowed, the account is a personal one, or the address \
      looks like somebody's own""")
  public RestResponse<Begun> begin(@Valid @NotNull NewAuthorization wanted) {
    var begun = signingIn.begin(wanted);
    return Created.at("/api/v1/mailboxes/authorizations/" + begun.row().id,
        new Begun(begun.row().id, begun.authorizationUrl(), begun.state(), begun.expiresAt()));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a sign-in", description = "What became of it.")
  @APIResponse(responseCode = "200", description = "The sign-in")
  @APIResponse(responseCode = "404", description = "There is no such sign-in")
  public AuthorizationView show(@PathParam("id") UUID id) {
    return AuthorizationView.of(authorizations.show(id));
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Give a sign-in up", description = "Whoever comes back with it finds nothing. A mailbox that came of it stays.")
  @APIResponse(responseCode = "204", description = "Given up")
  @APIResponse(responseCode = "404", description = "There is no such sign-in")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    preconditions.check(AuthorizationView.of(authorizations.show(id)));
    authorizations.remove(id);
  }

  /// A sign-in that is wanted.
  ///
  /// @param mailbox its address; where none is said, the one of whoever signs in. Of one that is connected already: somebody signs in
  ///   anew
  /// @param mode `delegated` where nothing is said
  /// @param shared whether it is a shared mailbox to which whoever signs in has access
  /// @param returnTo where the browser is led in the end: one of the addresses that the operator allows, or below one
  /// @param confirmPersonal that an address which looks like somebody's own is meant (OD-08)
  record NewAuthorization(
      @NotNull SignInKind kind,
      @MailAddress String mailbox,
      SignInMode mode,
      Boolean shared,
      @NotNull @Line(max = 2_000) String returnTo,
      @Line String name,
      UUID teamId,
      @Line String folder,
      Boolean processIncoming,
      AfterImport afterImport,
      @Line String moveTo,
      Boolean unreadOnly,
      @Min(0) @Max(36_500) Integer historyDays,
      Boolean confirmPersonal) {
    AuthorizationWish wish() {
      return new AuthorizationWish(Boolean.TRUE.equals(shared), name, teamId, folder, processIncoming, afterImport, moveTo, unreadOnly, historyDays,
          confirmPersonal);
    }
  }

  /// A sign-in that was begun.
  ///
  /// @param authorizationUrl where to lead the browser
  /// @param state what it comes back with: good once
  record Begun(UUID id, String authorizationUrl, String state, Instant expiresAt) {}

  /// A sign-in as HTTP shows it.
  ///
  /// @param outcome `pending`, `connected`, `refused` or `failed` (trouble: begin again)
  /// @param mailboxId the mailbox that came of it, or that is signed in for anew
  /// @param problem the last part of the problem's type, where it did not end well
  record AuthorizationView(UUID id, String kind, String mode, String mailbox, String outcome, UUID mailboxId, String problem, String detail,
      String remedy, Instant expiresAt, Instant createdAt, Instant updatedAt) {
    static AuthorizationView of(MailboxAuthorization row) {
      return new AuthorizationView(row.id, row.kind, row.mode, row.address, row.outcome, row.mailboxId, row.problem, row.detail, row.remedy,
          row.expiresAt, row.createdAt, row.updatedAt);
    }
  }
}
