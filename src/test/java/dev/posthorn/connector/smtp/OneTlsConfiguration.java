package dev.posthorn.connector.smtp;

import java.security.KeyStore;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;

/// A registry with one TLS configuration, of which only the context is ever asked for.
record OneTlsConfiguration(String name, SSLContext context) implements TlsConfigurationRegistry, TlsConfiguration {

  @Override
  public Optional<TlsConfiguration> get(String wanted) {
    return wanted.equals(name) ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Optional<TlsConfiguration> getDefault() {
    return Optional.empty();
  }

  @Override
  public SSLContext createSSLContext() {
    return context;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isTrustAll() {
    return false;
  }

  @Override
  public Optional<String> getHostnameVerificationAlgorithm() {
    return Optional.empty();
  }

  @Override
  public void register(String other, TlsConfiguration configuration) {
    throw notAsked();
  }

  @Override
  public KeyStore getKeyStore() {
    throw notAsked();
  }

  @Override
  public KeyCertOptions getKeyStoreOptions() {
    throw notAsked();
  }

  @Override
  public KeyStore getTrustStore() {
    throw notAsked();
  }

  @Override
  public TrustOptions getTrustStoreOptions() {
    throw notAsked();
  }

  @Override
  public SSLOptions getSSLOptions() {
    throw notAsked();
  }

  @Override
  public boolean usesSni() {
    throw notAsked();
  }

  @Override
  public boolean reload() {
    throw notAsked();
  }

  private static UnsupportedOperationException notAsked() {
    return new UnsupportedOperationException("nobody asks for that");
  }
}
