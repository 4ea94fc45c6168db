package dev.posthorn.login;

import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Role;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Domains whose people join the tenant by signing in.
@Path("/api/v1/sign-in-domains")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "People")
class SignInDomainResource {
  private final SignInDomains domains;

  SignInDomainResource(SignInDomains domains) {
    this.domains = domains;
  }

  @GET
  @Operation(summary = "List sign-in domains", description = "Oldest first.")
  public Page<SignInDomainView> list(@BeanParam PageRequest page) {
    return domains.list(page.of("sign-in-domains"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Let the people of a domain join", description = """
      Whoever signs in with an address of the domain that their provider has verified may join without an invitation. The domain is one of \\
      `/sending-domains`, and lets nobody in while that is not `verified`.""")
  @APIResponseSchema(value = SignInDomainView.class, responseCode = "201", responseDescription = "The domain")
  @APIResponse(responseCode = "409", description = "It is there already")
  @APIResponse(responseCode = "422", description = "It is none of the tenant's sending domains")
  public RestResponse<SignInDomainView> create(@Valid @NotNull NewSignInDomain wanted) {
    var made = domains.create(wanted);
    return Created.at("/api/v1/sign-in-domains/" + made.id(), made);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a sign-in domain")
  @APIResponse(responseCode = "200", description = "The domain")
  @APIResponse(responseCode = "404", description = "There is no such domain")
  public SignInDomainView show(@PathParam("id") UUID id) {
    return domains.show(id);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Let nobody else of a domain join", description = "Who has joined stays.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such domain")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    domains.remove(id);
  }

  /// A domain that is wanted.
  ///
  /// @param role what its people become: `agent` where nothing is said, or `lead`
  record NewSignInDomain(@NotNull @Line(max = 253) String domain, Role role) {}

  /// A sign-in domain as HTTP shows it.
  record SignInDomainView(UUID id, String domain, String role, Instant createdAt, Instant updatedAt) {
    static SignInDomainView of(SignInDomain row) {
      return new SignInDomainView(row.id, row.domain, row.role, row.createdAt, row.updatedAt);
    }
  }
}
