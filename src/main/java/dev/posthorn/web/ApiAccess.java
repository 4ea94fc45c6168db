package dev.posthorn.web;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// The door of the API: whoever has no key, or has used it too often, gets no further, not even to learn which paths there
/// are. What a key may do is said by `@RolesAllowed` on each operation.
@ApplicationScoped
class ApiAccess implements HttpSecurityPolicy {
  private static final String API = "/api/";
  private static final String PASSED = "posthorn.passed";

  private final RateLimit rateLimit;
  private final OwnPages ownPages;

  ApiAccess(RateLimit rateLimit, OwnPages ownPages) {
    this.rateLimit = rateLimit;
    this.ownPages = ownPages;
  }

  @Override
  public Uni<CheckResult> checkPermission(RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
    return request.normalizedPath().startsWith(API) ? identity.map(known -> check(request, known)) : CheckResult.permit();
  }

  private CheckResult check(RoutingContext request, SecurityIdentity identity) {
    if (!(identity.getPrincipal() instanceof KeyHolder holder)) {
      return CheckResult.DENY;
    }
    rateLimit.spend(holder);
    var method = request.request().method().name();
    if (!holder.scopes().allow(method, request.normalizedPath())) {
      throw Refusal.of(ProblemKind.OUT_OF_SCOPE, "Needed: " + Scopes.needed(method, request.normalizedPath()) + ".");
    }
    if (holder.byCookie() && !OwnPages.isHarmless(request.request())) {
      ownPages.demand(request.request());
    }
    request.put(PASSED, holder);
    return CheckResult.PERMIT;
  }

  /// Whoever came through this door with this request: what REST takes for a caller, and nobody else.
  static Optional<KeyHolder> passed(RoutingContext request) {
    return Optional.ofNullable(request.get(PASSED));
  }
}
