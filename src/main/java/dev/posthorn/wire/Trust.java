package dev.posthorn.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Whose certificates count for a line.
///
/// @param context made beforehand with its keys and its trust
/// @param checksName whether the certificate must be for the host (RFC 6125); off only where an operator switched it off
public record Trust(SSLContext context, boolean checksName) {

  /// The context is there.
  public Trust {
    Objects.requireNonNull(context, "context");
  }

  /// The certificate authorities of the Java runtime.
  public static Trust usual() {
    try {
      return new Trust(SSLContext.getDefault(), true);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  /// These certificates and no others.
  ///
  /// @throws IllegalArgumentException if the store cannot be used for that
  public static Trust only(KeyStore certificates) {
    try {
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(certificates);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return new Trust(context, true);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the trust store cannot be used", e);
    }
  }

  /// Any certificate whatsoever: the line is encrypted, but with whom is not known.
  public static Trust anybody() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return new Trust(context, false);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  /// Encrypts a line that is open already, as the client.
  ///
  /// @param host the name that the certificate must be for (RFC 6125: a wildcard stands for one whole label)
  /// @throws IOException the handshake failed; the line is of no use then
  public SSLSocket encrypt(WatchedSocket plain, String host) throws IOException {
    var socket = (SSLSocket) sockets().createSocket(plain, host, plain.getPort(), true);
    if (checksName) {
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("LDAPS");
      socket.setSSLParameters(parameters);
    }
    socket.startHandshake();
    return socket;
  }

  /// Makes encrypted lines that trust these.
  public SSLSocketFactory sockets() {
    return context.getSocketFactory();
  }
}
