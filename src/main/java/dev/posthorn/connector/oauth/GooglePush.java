package dev.posthorn.connector.oauth;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/// Believes Google Pub/Sub: each of its pushes shows an identity token of a service account, which Google signs for the audience that
/// the push subscription was given.
@Singleton
public final class GooglePush {
  private final GmailApiConfig app;
  private final GmailPushConfig push;
  private final Optional<IdentityTokens> tokens;

  GooglePush(GmailApiConfig app, GmailPushConfig push, OAuthConfig config, Clock clock) {
    this.app = app;
    this.push = push;
    this.tokens = push.audience().map(audience -> new IdentityTokens(app.keysUrl(), audience, config, clock));
  }

  /// @param bearer what the push showed
  /// @return whether it is Pub/Sub, sent by our own subscription
  public boolean isBelieved(String bearer) {
    if (tokens.isEmpty() || push.account().isEmpty()) {
      return false;
    }
    try {
      var claims = tokens.get().believe(bearer);
      return app.issuer().equals(IdentityTokens.text(claims, "iss")) && Boolean.TRUE.equals(claims.getClaimValue("email_verified"))
          && push.account().get().equals(IdentityTokens.text(claims, "email"));
    } catch (NotBelieved e) {
      return false;
    }
  }
}
