package dev.posthorn.web;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/// `Authorization: Bearer <key>` (RFC 6750, section 2.1), and the 401 where it is missing or wrong.
@ApplicationScoped
class BearerKeys implements HttpAuthenticationMechanism {
  private static final String SCHEME = "Bearer ";

  private final ProblemRoutes problems;

  BearerKeys(ProblemRoutes problems) {
    this.problems = problems;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
    return token(request.request().getHeader(HttpHeaders.AUTHORIZATION))
        .map(token -> identities.authenticate(new KeyRequest(token)))
        .orElseGet(() -> Uni.createFrom().nullItem());
  }

  static Optional<String> token(String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(authorization.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext request) {
    problems.answer(request, new AuthenticationFailedException());
    return Uni.createFrom().item(true);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(KeyRequest.class);
  }
}
