package dev.posthorn.login;

import dev.posthorn.team.Agents;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Role;
import dev.posthorn.web.Roles;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Who calls.
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT, Roles.REQUESTER})
@RunOnVirtualThread
@Tag(name = "People")
class SessionResource {
  private final Caller caller;
  private final CurrentTenant tenant;
  private final Tenants tenants;
  private final Agents agents;
  private final LoginSessions sessions;
  private final SessionCookies shown;
  private final Cookies cookies;

  SessionResource(Caller caller, CurrentTenant tenant, Tenants tenants, Agents agents, LoginSessions sessions, SessionCookies shown, Cookies cookies) {
    this.caller = caller;
    this.tenant = tenant;
    this.tenants = tenants;
    this.agents = agents;
    this.sessions = sessions;
    this.shown = shown;
    this.cookies = cookies;
  }

  @GET
  @Operation(summary = "Say who calls", description = "Of whichever tenant, and as whom: the same for keys, sessions and tokens.")
  @APIResponse(responseCode = "200", description = "Who calls")
  public SessionView show() {
    return QuarkusTransaction.joiningExisting().call(() -> {
      var own = tenants.findById(tenant.value());
      var agent = caller.agentId().flatMap(agents::findByIdOptional);
      return new SessionView(caller.byCookie() ? "session" : "key", own.id, own.slug, own.name, caller.role(), agent.map(one -> one.id).orElse(null),
          agent.map(one -> one.name).orElse(null), caller.contactId().orElse(null));
    });
  }

  @DELETE
  @Operation(summary = "Sign out", description = "The session's cookie is good for nothing any more. Who came with a key is not signed in, and nothing happens.")
  @APIResponse(responseCode = "204", description = "Signed out")
  public RestResponse<Void> end(RoutingContext request) {
    if (!caller.byCookie()) {
      return RestResponse.noContent();
    }
    shown.shown(request.request()).ifPresent(sessions::end);
    return RestResponse.ResponseBuilder.<Void>noContent().cookie(cookies.none(Cookies.Kind.SESSION)).build();
  }

  /// Who calls.
  ///
  /// @param via `session` for a browser's cookie, else `key`
  /// @param agentId null for a key that stands for no agent
  record SessionView(String via, UUID tenantId, String tenantSlug, String tenantName, Role role, UUID agentId, String agentName, UUID contactId) {}
}
