package dev.posthorn.login;

import dev.posthorn.web.RateLimit;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/// The door where people sign in: on a provider's path whoever is not known yet is sent to the provider; and nobody knocks too
/// often, nor where providers send browsers back for mailboxes.
@ApplicationScoped
public class LoginAccess implements HttpSecurityPolicy {
  private static final String PAGES = "/login";
  private static final String MAILBOXES = "/oauth/";

  private final Providers providers;
  private final RateLimit rateLimit;

  LoginAccess(Providers providers, RateLimit rateLimit) {
    this.providers = providers;
    this.rateLimit = rateLimit;
  }

  @Override
  public Uni<CheckResult> checkPermission(RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
    var path = request.normalizedPath();
    if (!path.startsWith(PAGES) && !path.startsWith(MAILBOXES)) {
      return CheckResult.permit();
    }
    rateLimit.spendOfStranger(RateLimit.addressOf(request.request()));
    return providers.ofPath(path).isPresent() ? identity.map(known -> known.isAnonymous() ? CheckResult.DENY : CheckResult.PERMIT)
        : CheckResult.permit();
  }
}
