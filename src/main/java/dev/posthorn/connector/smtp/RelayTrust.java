package dev.posthorn.connector.smtp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.posthorn.wire.Trust;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;

/// Whose certificates count for the platform's relay: a named TLS configuration, else `trust-all`, else a trust store of the
/// mailer's own, else the Java runtime's.
final class RelayTrust {
  private RelayTrust() {}

  /// @throws ConfigurationException naming the property that cannot be used
  // Settings of quarkus-mailer that are deprecated there and work all the same work here too.
  @SuppressWarnings("deprecation")
  static Trust of(MailerRuntimeConfig mailer, TlsConfigurationRegistry tls) {
    var named = mailer.tlsConfigurationName();
    if (named.isPresent()) {
      return of(tls.get(named.get()).orElseThrow(() -> new ConfigurationException(
          "quarkus.mailer.tls-configuration-name names no TLS configuration: " + named.get())));
    }
    if (mailer.trustAll().orElseGet(() -> tls.getDefault().map(TlsConfiguration::isTrustAll).orElse(false))) {
      return Trust.anybody();
    }
    if (mailer.keyStore().isPresent()) {
      return Trust.only(store(List.of(mailer.keyStore().get()), "JKS", mailer.keyStorePassword()));
    }
    var store = mailer.truststore();
    return store.paths().filter(paths -> !paths.isEmpty())
        .map(paths -> Trust.only(store(paths, kind(store.type(), paths.getFirst()), store.password())))
        .orElseGet(Trust::usual);
  }

  private static Trust of(TlsConfiguration configuration) {
    try {
      var checksName = !configuration.isTrustAll()
          && !configuration.getHostnameVerificationAlgorithm().filter("NONE"::equalsIgnoreCase).isPresent();
      return new Trust(configuration.createSSLContext(), checksName);
    } catch (Exception e) {
      throw new ConfigurationException("the TLS configuration " + configuration.getName() + " cannot be used", e);
    }
  }

  private static String kind(Optional<String> type, String path) {
    var name = path.toLowerCase(Locale.ROOT);
    var guessed = name.endsWith(".p12") || name.endsWith(".pfx") ? "PKCS" : name.endsWith(".jks") ? "JKS" : "PEM";
    return type.map(said -> said.strip().toUpperCase(Locale.ROOT)).orElse(guessed);
  }

  private static KeyStore store(List<String> paths, String kind, Optional<String> password) {
    try {
      return switch (kind) {
        case "PEM" -> certificates(paths);
        case "JKS" -> load("JKS", paths.getFirst(), password);
        case "PKCS", "PKCS12", "P12" -> load("PKCS12", paths.getFirst(), password);
        default -> throw new ConfigurationException("quarkus.mailer.truststore.type is PEM, JKS or PKCS");
      };
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigurationException("the mailer's trust store cannot be read: " + String.join(", ", paths), e);
    }
  }

  private static KeyStore load(String type, String path, Optional<String> password)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(type);
    try (var bytes = Files.newInputStream(Path.of(path))) {
      store.load(bytes, password.map(String::toCharArray).orElse(null));
    }
    return store;
  }

  private static KeyStore certificates(List<String> paths) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (var path : paths) {
      try (var bytes = Files.newInputStream(Path.of(path))) {
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
          store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
      }
    }
    return store;
  }
}
