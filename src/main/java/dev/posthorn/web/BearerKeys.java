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
import java.util.regex.Pattern;

/// `Authorization: Bearer <key>` (RFC 6750, section 2.1), and the 401 where it is missing or wrong.
@ApplicationScoped
public class BearerKeys implements HttpAuthenticationMechanism {
  private static final String SCHEME = "Bearer ";
  private static final Pattern SIGNED = Pattern.compile("eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

  /// Before those of other rooms: it says what is missing where nobody has said who calls.
  private static final int PRIORITY = 3_000;

  /// Where people sign in, who is missing is sent to the provider.
  private static final String SIGN_IN = "/login/";

  private static final String END = "posthorn.strangers-end";

  private final ProblemRoutes problems;
  private final RateLimit rateLimit;

  BearerKeys(ProblemRoutes problems, RateLimit rateLimit) {
    this.problems = problems;
    this.rateLimit = rateLimit;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
    return token(request.request().getHeader(HttpHeaders.AUTHORIZATION)).filter(token -> !isOfProvider(token))
        .map(token -> identities.authenticate(new KeyRequest(token, RateLimit.addressOf(request.request())))
            .onFailure(AuthenticationFailedException.class).transform(_ -> strangersEnd(request)))
        .orElseGet(() -> Uni.createFrom().nullItem());
  }

  /// Whether it has the form of a signed token (RFC 7515, section 7.1), which our keys have not: those who know the providers look
  /// at it.
  public static boolean isOfProvider(String token) {
    return SIGNED.matcher(token).matches();
  }

  public static Optional<String> token(String authorization) {
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
    if (request.normalizedPath().startsWith(SIGN_IN)) {
      return Uni.createFrom().item(false);
    }
    problems.answer(request, strangersEnd(request));
    return Uni.createFrom().item(true);
  }

  /// 401, or 429 for an address that has guessed too often. One request counts once, whoever asks for its end.
  private RuntimeException strangersEnd(RoutingContext request) {
    RuntimeException end = request.get(END);
    if (end == null) {
      try {
        rateLimit.spendOfStranger(RateLimit.addressOf(request.request()));
        end = new AuthenticationFailedException();
      } catch (Refusal tooOften) {
        end = tooOften;
      }
      request.put(END, end);
    }
    return end;
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(KeyRequest.class);
  }
}
