package dev.posthorn.ingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// A self-signed certificate, made when it is first needed by the JDK's own keytool and never kept.
record TestCertificate(Path certificate, Path key, Certificate trusted, byte[] pkcs8) {

  private static final class Once {
    static final TestCertificate RSA = make("RSA");
  }

  static TestCertificate get() {
    return Once.RSA;
  }

  /// @param algorithm `RSA` or `EC`
  static TestCertificate make(String algorithm) {
    try {
      var directory = Files.createTempDirectory("posthorn-tls");
      directory.toFile().deleteOnExit();
      var store = directory.resolve("store.p12");
      var made = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
              "-genkeypair", "-alias", "smtp", "-keyalg", algorithm, "-dname", "CN=mx.posthorn.example",
              "-validity", "2", "-storetype", "PKCS12", "-storepass", "secret", "-keystore", store.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      if (made != 0) throw new IllegalStateException("keytool failed");
      var keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
      var certificate = keys.getCertificate("smtp");
      var pkcs8 = keys.getKey("smtp", "secret".toCharArray()).getEncoded();
      return new TestCertificate(
          write(directory.resolve("tls.crt"), "CERTIFICATE", certificate.getEncoded()),
          write(directory.resolve("tls.key"), "PRIVATE KEY", pkcs8),
          certificate,
          pkcs8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path write(Path file, String kind, byte[] octets) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
    file.toFile().deleteOnExit();
    return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  Map<String, String> settings() {
    return Map.of("tls.certificate", certificate.toString(), "tls.key", key.toString());
  }

  SSLSocketFactory clientSide() {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("server", trusted);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
