package dev.posthorn.web;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/// The door of the API: whoever has no key, or has used it too often, gets no further, not even to learn which paths there
/// are. What a key may do is said by `@RolesAllowed` on each operation.
@ApplicationScoped
class ApiAccess implements HttpSecurityPolicy {
  private static final String API = "/api/";

  private final RateLimit rateLimit;

  ApiAccess(RateLimit rateLimit) {
    this.rateLimit = rateLimit;
  }

  @Override
  public Uni<CheckResult> checkPermission(RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
    return request.normalizedPath().startsWith(API) ? identity.map(this::check) : CheckResult.permit();
  }

  private CheckResult check(SecurityIdentity identity) {
    if (identity.isAnonymous()) {
      return CheckResult.DENY;
    }
    rateLimit.spend(identity.getPrincipal().getName());
    return CheckResult.PERMIT;
  }
}
