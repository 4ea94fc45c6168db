package dev.posthorn.connector;

import dev.posthorn.secret.Secret;
import dev.posthorn.simulator.IssuedTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Tokens of somebody who is signed in for ever, or until a test says otherwise.
public final class SimulatedTokens implements AccessTokens {
  private final IssuedTokens issuer;
  private final String audience;
  private final Optional<String> user;
  private final Set<String> scopes;
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile TokenOutcome outcome;
  private AccessToken current;

  public SimulatedTokens(IssuedTokens issuer, String audience, Optional<String> user, Set<String> scopes) {
    this.issuer = issuer;
    this.audience = audience;
    this.user = user;
    this.scopes = scopes;
  }

  /// From now on asking ends like this.
  public void end(TokenOutcome how) {
    outcome = how;
  }

  /// How many tokens were given back as refused.
  public int refusals() {
    return refusals.get();
  }

  @Override
  public synchronized TokenOutcome token() {
    if (outcome != null) {
      return outcome;
    }
    if (current == null) {
      current = new AccessToken(Secret.of(issuer.issue(audience, "acme", user, scopes, Duration.ofHours(1)).value()), Instant.MAX);
    }
    return new TokenOutcome.Granted(current);
  }

  @Override
  public synchronized void refused(AccessToken token) {
    refusals.incrementAndGet();
    if (token.equals(current)) {
      current = null;
    }
  }
}
