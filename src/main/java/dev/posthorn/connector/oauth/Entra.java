package dev.posthorn.connector.oauth;

import dev.posthorn.secret.Secret;
import dev.posthorn.tenant.Ids;
import io.quarkus.oidc.client.runtime.OidcClientConfig.Grant;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Microsoft Entra ID, of whichever cloud.
@Singleton
public final class Entra implements SignIn {
  private static final Pattern DIRECTORY = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Microsoft365Config app;
  private final OAuthConfig config;
  private final TokenEndpoints endpoints;
  private final Clock clock;
  private final IdentityTokens identities;

  Entra(Microsoft365Config app, OAuthConfig config, TokenEndpoints endpoints, Clock clock) {
    this.app = app;
    this.config = config;
    this.endpoints = endpoints;
    this.clock = clock;
    this.identities = new IdentityTokens(login("common", "/discovery/v2.0/keys"), app.clientId().orElse(""), config, clock);
  }

  @Override
  public boolean isConfigured() {
    return app.clientId().isPresent() && (app.clientSecret().isPresent() || app.certificate().isPresent() && app.certificateKey().isPresent());
  }

  @Override
  public String missing() {
    return "posthorn.microsoft365.client-id, and a client-secret or a certificate with its certificate-key";
  }

  /// Whether it has the form of a directory's id.
  public static boolean isDirectory(String id) {
    return DIRECTORY.matcher(id).matches();
  }

  @Override
  public String authorizationUrl(Question question) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("client_id", clientId());
    parameters.put("response_type", "code");
    parameters.put("redirect_uri", config.callbackUrl());
    parameters.put("response_mode", "query");
    parameters.put("scope", question.mail() ? "offline_access openid profile " + scopes("Mail.ReadWrite", "Mail.Send", "Mail.ReadWrite.Shared",
        "Mail.Send.Shared") : "openid profile");
    parameters.put("state", question.state());
    parameters.put("nonce", question.nonce());
    parameters.put("code_challenge", question.challenge());
    parameters.put("code_challenge_method", "S256");
    question.hint().ifPresent(address -> parameters.put("login_hint", address));
    if (question.mail()) {
      parameters.put("prompt", "select_account");
    }
    return Queries.url(login(question.directory().orElse(app.signInTenant()), "/oauth2/v2.0/authorize"), parameters);
  }

  private String scopes(String... permissions) {
    return String.join(" ", Arrays.stream(permissions).map(permission -> app.graphUrl() + "/" + permission).toList());
  }

  /// Where an administrator consents for the whole directory.
  public String adminConsentUrl(String state) {
    var directory = app.signInTenant().equals("common") ? "organizations" : app.signInTenant();
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("client_id", clientId());
    parameters.put("redirect_uri", config.callbackUrl());
    parameters.put("scope", app.graphUrl() + "/.default");
    parameters.put("state", state);
    return Queries.url(login(directory, "/v2.0/adminconsent"), parameters);
  }

  @Override
  public TokenReply exchange(Secret code, Secret verifier) {
    return ask(app.signInTenant(), Grant.Type.CODE, Map.of("code", code.reveal(), "redirect_uri", config.callbackUrl(),
        "code_verifier", verifier.reveal()));
  }

  @Override
  public TokenReply refresh(Secret refreshToken) {
    return ask(app.signInTenant(), Grant.Type.REFRESH, Map.of("refresh_token", refreshToken.reveal()));
  }

  /// A token of the application itself, for a directory that has consented. It comes without a refresh token.
  public TokenReply ofApplication(String directory) {
    return ask(directory, Grant.Type.CLIENT, Map.of("scope", app.graphUrl() + "/.default"));
  }

  private TokenReply ask(String directory, Grant.Type type, Map<String, String> asked) {
    var url = login(directory, "/oauth2/v2.0/token");
    var parameters = new HashMap<>(asked);
    if (app.certificate().isPresent() && app.certificateKey().isPresent()) {
      parameters.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      parameters.put("client_assertion", Assertions.ofApplication(clientId(), url, clock.instant(), config.clockSkew(), Ids.next().toString(),
          app.certificate().get(), app.certificateKey().get()));
    } else {
      app.clientSecret().ifPresent(secret -> parameters.put("client_secret", secret));
    }
    return endpoints.ask(url, type, clientId(), parameters);
  }

  @Override
  public Identity identify(Secret idToken, String nonce) throws NotBelieved {
    var claims = identities.believe(idToken.reveal(), nonce);
    var directory = IdentityTokens.text(claims, "tid");
    var subject = IdentityTokens.text(claims, "oid");
    // Each directory issues for itself alone, or one could speak for another.
    if (!isDirectory(directory) || subject.isEmpty() || !login(directory, "/v2.0").equals(IdentityTokens.text(claims, "iss"))) {
      throw new NotBelieved("the identity token was issued by somebody else");
    }
    return new Identity(directory, subject, IdentityTokens.text(claims, "preferred_username"));
  }

  private String login(String directory, String path) {
    return app.loginUrl() + "/" + directory + path;
  }

  private String clientId() {
    return app.clientId().orElseThrow(() -> new IllegalStateException("No application is registered at Microsoft: " + missing()));
  }
}
