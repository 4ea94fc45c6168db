package dev.posthorn.connector.oauth;

import dev.posthorn.secret.Secret;
import io.quarkus.oidc.client.runtime.OidcClientConfig.Grant;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/// Google.
@Singleton
public final class Google implements SignIn {
  /// Reading, changing and sending; the narrowest scope that allows all of it.
  private static final String MAIL = "https://www.googleapis.com/auth/gmail.modify";

  private final GmailApiConfig app;
  private final OAuthConfig config;
  private final TokenEndpoints endpoints;
  private final Clock clock;
  private final IdentityTokens identities;

  Google(GmailApiConfig app, OAuthConfig config, TokenEndpoints endpoints, Clock clock) {
    this.app = app;
    this.config = config;
    this.endpoints = endpoints;
    this.clock = clock;
    this.identities = new IdentityTokens(app.keysUrl(), app.clientId().orElse(""), config, clock);
  }

  @Override
  public boolean isConfigured() {
    return app.clientId().isPresent() && app.clientSecret().isPresent();
  }

  @Override
  public String missing() {
    return "posthorn.gmail-api.client-id and posthorn.gmail-api.client-secret";
  }

  @Override
  public String authorizationUrl(Question question) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("client_id", clientId());
    parameters.put("response_type", "code");
    parameters.put("redirect_uri", config.callbackUrl());
    parameters.put("scope", "openid email " + MAIL);
    parameters.put("state", question.state());
    parameters.put("nonce", question.nonce());
    parameters.put("code_challenge", question.challenge());
    parameters.put("code_challenge_method", "S256");
    // A refresh token comes with the first consent alone, unless it is asked for again.
    parameters.put("access_type", "offline");
    parameters.put("prompt", "consent");
    question.hint().ifPresent(address -> parameters.put("login_hint", address));
    return Queries.url(app.authorizeUrl(), parameters);
  }

  @Override
  public TokenReply exchange(Secret code, Secret verifier) {
    return endpoints.ask(app.tokenUrl(), Grant.Type.CODE, clientId(), Map.of("code", code.reveal(), "redirect_uri", config.callbackUrl(),
        "code_verifier", verifier.reveal(), "client_secret", app.clientSecret().orElse("")));
  }

  @Override
  public TokenReply refresh(Secret refreshToken) {
    return endpoints.ask(app.tokenUrl(), Grant.Type.REFRESH, clientId(),
        Map.of("refresh_token", refreshToken.reveal(), "client_secret", app.clientSecret().orElse("")));
  }

  /// A token for a mailbox of a domain whose administrator trusts the service account (domain-wide delegation).
  public TokenReply ofServiceAccount(ServiceAccount account, String address) {
    var word = Assertions.ofServiceAccount(account.email(), account.keyId(), account.privateKey().reveal(),
        Map.of("scope", MAIL, "aud", app.tokenUrl(), "sub", address), clock.instant(), config.clockSkew());
    return endpoints.ask(app.tokenUrl(), Grant.Type.JWT, account.email(), Map.of("assertion", word));
  }

  @Override
  public Identity identify(Secret idToken, String nonce) throws NotBelieved {
    var claims = identities.believe(idToken.reveal(), nonce);
    var subject = IdentityTokens.text(claims, "sub");
    if (subject.isEmpty() || !app.issuer().equals(IdentityTokens.text(claims, "iss"))) {
      throw new NotBelieved("the identity token was issued by somebody else");
    }
    // The address is the mailbox's here: Google says itself whether it is theirs who signed in.
    boolean verified = Boolean.TRUE.equals(claims.getClaimValue("email_verified"));
    return new Identity(IdentityTokens.text(claims, "hd"), subject, verified ? IdentityTokens.text(claims, "email") : "");
  }

  private String clientId() {
    return app.clientId().orElseThrow(() -> new IllegalStateException("No application is registered at Google: " + missing()));
  }
}
