package dev.posthorn.login;

import dev.posthorn.web.RateLimit;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiConsumer;

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
    return providers.ofPath(path).isPresent() ? atProvider(request, identity) : CheckResult.permit();
  }

  private static Uni<CheckResult> atProvider(RoutingContext request, Uni<SecurityIdentity> identity) {
    // The framework answers a sign-in that fails before anybody else can, and not in our words: it is left to whoever asks who it is.
    BiConsumer<RoutingContext, Throwable> usual = request.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
    BiConsumer<RoutingContext, Throwable> ours = (asked, thrown) -> {
      if (!(thrown instanceof AuthenticationCompletionException || thrown instanceof AuthenticationRedirectException)) {
        usual.accept(asked, thrown);
      }
    };
    request.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, ours);
    return identity.onFailure(AuthenticationCompletionException.class).transform(FailedSignIn::meaning)
        .onFailure(AuthenticationRedirectException.class).transform(_ -> FailedSignIn.refused(request.queryParams().get("error")))
        .map(known -> check(request, known));
  }

  private static CheckResult check(RoutingContext request, SecurityIdentity known) {
    if (known.isAnonymous() && Providers.isWayBack(request.normalizedPath())) {
      throw FailedSignIn.unasked();
    }
    return known.isAnonymous() ? CheckResult.DENY : CheckResult.PERMIT;
  }
}
