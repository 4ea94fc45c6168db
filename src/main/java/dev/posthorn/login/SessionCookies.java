package dev.posthorn.login;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/// A browser that is signed in calls the API. A key or a token in the request goes before.
@ApplicationScoped
public class SessionCookies implements HttpAuthenticationMechanism {
  /// After keys, before providers.
  private static final int PRIORITY = 2_000;

  private static final String API = "/api/";

  private final Cookies cookies;

  SessionCookies(Cookies cookies) {
    this.cookies = cookies;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
    if (!request.normalizedPath().startsWith(API) || request.request().getHeader(HttpHeaders.AUTHORIZATION) != null) {
      return Uni.createFrom().nullItem();
    }
    return shown(request.request()).map(shown -> identities.authenticate(new SessionRequest(shown))).orElseGet(() -> Uni.createFrom().nullItem());
  }

  /// The session that the browser shows, whether it is still there or not.
  Optional<LoginSessions.Shown> shown(HttpServerRequest request) {
    return Optional.ofNullable(request.getCookie(cookies.name(Cookies.Kind.SESSION)))
        .flatMap(cookie -> cookies.open(Cookies.Kind.SESSION, cookie.getValue(), LoginSessions.Shown.class));
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return Uni.createFrom().nullItem();
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(SessionRequest.class);
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }
}
