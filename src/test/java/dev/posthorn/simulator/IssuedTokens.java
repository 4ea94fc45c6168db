package dev.posthorn.simulator;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The access tokens that realms have issued, as the realms that take them look them up.
public final class IssuedTokens {
  /// A token.
  ///
  /// @param audience whom it is for: the address of Graph, or of the Gmail API
  /// @param tenant the directory; the domain for Google
  /// @param user the object id of who signed in, or the address for Google; empty for the application itself
  /// @param scopes what may be done for the user, or the roles of the application: `Mail.ReadWrite`
  public record Issued(String value, String audience, String tenant, Optional<String> user, Set<String> scopes, Instant expiresAt) {
    /// Never the token.
    @Override
    public String toString() {
      return "Issued[" + user.orElse("the application") + " for " + audience + " " + scopes + "]";
    }
  }

  private static final SecureRandom RANDOM = new SecureRandom();
  private final Map<String, Issued> tokens = new ConcurrentHashMap<>();
  private final Clock clock;

  IssuedTokens(Clock clock) {
    this.clock = clock;
  }

  /// Issues one, also for tests that need no sign-in.
  public Issued issue(String audience, String tenant, Optional<String> user, Set<String> scopes, Duration life) {
    var issued = new Issued(random(), audience, tenant, user, Set.copyOf(scopes), clock.instant().plus(life));
    tokens.put(issued.value, issued);
    return issued;
  }

  /// The token, if it was issued here, is still good, and nobody took it back.
  public Optional<Issued> find(String value) {
    return Optional.ofNullable(tokens.get(value)).filter(token -> token.expiresAt.isAfter(clock.instant()));
  }

  /// Takes back every token of a user: the next call with one is a 401.
  public void revoke(String user) {
    tokens.values().removeIf(token -> token.user.filter(user::equals).isPresent());
  }

  /// Takes back every token.
  public void revokeAll() {
    tokens.clear();
  }

  static String random() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
