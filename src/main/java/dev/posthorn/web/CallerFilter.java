package dev.posthorn.web;

import dev.posthorn.tenant.TenantOfRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/// Tells the request who calls and for which tenant: whoever came through the door ([ApiAccess]) with this very request. Who came
/// past it, if there ever is a way, is nobody.
@Provider
@Priority(Priorities.AUTHENTICATION)
public class CallerFilter implements ContainerRequestFilter {
  /// The attribute of an identity that holds what the caller alone shows, where that is no bearer key.
  public static final String SECRET = "posthorn.secret";

  private final RoutingContext routing;
  private final Caller caller;
  private final TenantOfRequest tenant;

  CallerFilter(RoutingContext routing, Caller caller, TenantOfRequest tenant) {
    this.routing = routing;
    this.caller = caller;
    this.tenant = tenant;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var passed = ApiAccess.passed(routing);
    if (passed.isPresent() && routing.user() instanceof QuarkusHttpUser user) {
      var holder = passed.get();
      String secret = user.getSecurityIdentity().getAttribute(SECRET);
      caller.is(holder, secret != null ? secret : BearerKeys.token(routing.request().getHeader(HttpHeaders.AUTHORIZATION)).orElseThrow());
      if (holder.tenant() != null) {
        tenant.is(holder.tenant());
      }
    }
  }
}
