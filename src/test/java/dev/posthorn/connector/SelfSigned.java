package dev.posthorn.connector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A key of its own, made by the JDK's keytool when the tests run, with a certificate for the given name.
///
/// @param server how a server shows it
/// @param certificate the certificate alone, as a trust store
public record SelfSigned(SSLContext server, KeyStore certificate) {

  private static final String PASSWORD = "changeit";

  /// Makes one in that directory.
  ///
  /// @param names as in the certificate's extension: `ip:127.0.0.1`, `dns:mail.example`
  public static SelfSigned in(Path directory, String names) throws IOException, InterruptedException, GeneralSecurityException {
    var file = directory.resolve("key.p12");
    var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair", "-alias", "key", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "7", "-dname", "CN=test",
        "-ext", "san=" + names, "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
        .redirectErrorStream(true).start();
    var words = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + words);
    }
    var keys = KeyStore.getInstance("PKCS12");
    try (var bytes = Files.newInputStream(file)) {
      keys.load(bytes, PASSWORD.toCharArray());
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    var trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("key", keys.getCertificate("key"));
    return new SelfSigned(context, trust);
  }
}
