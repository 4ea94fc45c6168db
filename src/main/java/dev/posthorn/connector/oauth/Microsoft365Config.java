package dev.posthorn.connector.oauth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// The application that the operator registered at Microsoft Entra ID. A national cloud has other addresses.
@ConfigMapping(prefix = "posthorn.microsoft365")
public interface Microsoft365Config {
  /// Where people sign in.
  @WithDefault("https://login.microsoftonline.com")
  String loginUrl();

  /// Where Graph is, without its version.
  @WithDefault("https://graph.microsoft.com")
  String graphUrl();

  /// The application's id. Where none is set, nobody can connect a mailbox of Microsoft 365.
  Optional<String> clientId();

  /// Its secret; or a certificate.
  Optional<String> clientSecret();

  /// Its certificate (PEM), the better way to prove who we are; before a secret where both are set.
  Optional<Path> certificate();

  /// The private key of the certificate (PEM, PKCS #8).
  Optional<Path> certificateKey();

  /// Who may sign in: `common` (also personal accounts, which are then told what else they can do), `organizations`, or the id
  /// of one directory.
  @WithDefault("common")
  String signInTenant();
}
