package dev.posthorn.connector.oauth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/// The application that the operator registered at Google.
@ConfigMapping(prefix = "posthorn.gmail-api")
public interface GmailApiConfig {
  /// Where people sign in.
  @WithDefault("https://accounts.google.com/o/oauth2/v2/auth")
  String authorizeUrl();

  /// Where codes and refresh tokens become access tokens.
  @WithDefault("https://oauth2.googleapis.com/token")
  String tokenUrl();

  /// Where Google publishes the keys of its identity tokens.
  @WithDefault("https://www.googleapis.com/oauth2/v3/certs")
  String keysUrl();

  /// Who issues identity tokens.
  @WithDefault("https://accounts.google.com")
  String issuer();

  /// Where the Gmail API is, without its version.
  @WithDefault("https://gmail.googleapis.com")
  String apiUrl();

  /// The application's id. Where none is set, nobody can sign in with Google.
  Optional<String> clientId();

  /// Its secret.
  Optional<String> clientSecret();
}
